import { useIsMutating } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemInWords } from "../../lib/problem-words.ts";
import { TextButton } from "../../lib/ui/button.tsx";
import { session } from "./browser-session.ts";
import { useMe } from "./use-me.ts";

/** Who is signed in, and the way out, which opens when everything is saved. */
export function AccountMenu() {
  const me = useMe();
  const unsaved = useIsMutating() > 0;
  const [failure, setFailure] = useState("");
  useLeaveGuard(unsaved);
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-4 text-sm">
      <span className="truncate text-muted">{me.data?.email}</span>
      <TextButton
        disabled={unsaved}
        onClick={() => session.signOut().catch((error: unknown) => setFailure(problemInWords(error)))}
      >
        Sign out
      </TextButton>
      {failure && (
        <span role="alert" className="basis-full text-danger">
          {failure}
        </span>
      )}
    </div>
  );
}

/** Lets the browser ask before a tab is closed that holds what no server knows yet. */
function useLeaveGuard(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
