import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { local } from "../../copy/local.ts";
import { problemInWords } from "../../lib/problem-words.ts";
import { IconButton, TextButton } from "../../lib/ui/button.tsx";
import { session } from "../session/browser-session.ts";
import { recallPerson } from "../session/remembered-person.ts";
import { useSession } from "../session/use-session.ts";
import { type LocalCloud, useLocalCloud } from "./local-cloud.ts";

/**
 * The developer bar at the bottom of the page. It takes up space only at the page's end. It never covers the focused
 * element, because the root layout adds scroll padding while the bar is shown.
 */
export function Bar({ onHide }: { onHide: () => void }) {
  const cloud = useLocalCloud();
  if (!cloud) return null;

  return (
    <aside
      aria-label={local.label}
      data-local-bar
      className="sticky bottom-0 z-10 flex min-h-control items-center gap-x-5 border-t border-rule bg-paper px-4 text-sm text-muted sm:px-6 print:hidden [&_:is(a,button)]:-outline-offset-2"
    >
      <span className="border-l-2 border-margin pl-3 font-medium text-ink max-sm:hidden">{local.label}</span>
      <a
        href={cloud.mailUrl}
        className="inline-flex min-h-control items-center rounded-sm underline underline-offset-4 hover:text-ink"
      >
        {local.mailbox}
      </a>
      <Demo demo={cloud.demo} />
      <IconButton label={local.dismiss} className="-mr-2 ml-auto" onClick={onHide}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </aside>
  );
}

/** Signs a signed-out user in to the demo account, or shows the command that creates it. */
function Demo({ demo }: { demo: LocalCloud["demo"] | undefined }) {
  const router = useRouter();
  const { status } = useSession();
  const [failure, setFailure] = useState("");
  if (status === "signed-in" || status === "expired" || (status === "restoring" && recallPerson())) return null;
  if (!demo) {
    return (
      <span className="max-sm:hidden">
        {local.demo.none} <code className="font-mono text-ink">{local.demo.command}</code>
      </span>
    );
  }
  const open = () =>
    session.signIn(demo).then(
      () => router.push("/todos"),
      (error: unknown) => setFailure(problemInWords(error)),
    );
  return (
    <>
      <TextButton className="min-h-control" onClick={() => void open()}>
        {local.demo.signIn}
      </TextButton>
      <span className="max-md:hidden">
        {demo.email} <span aria-hidden="true">·</span> {demo.password}
      </span>
      <span role="status" className="text-danger">
        {failure}
      </span>
    </>
  );
}
