"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { isPassing, problemInWords } from "../../lib/problem-words.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Message } from "../../lib/ui/field.tsx";
import { Page } from "../../lib/ui/page.tsx";
import { session } from "./browser-session.ts";
import { SignInAgain } from "./sign-in-again.tsx";
import { useSession } from "./use-session.ts";

/** Shows its children to whoever is signed in, `fallback` until that is known, and leads everyone else to the sign-in page. */
export function SessionGate({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const router = useRouter();
  const { status, generation } = useSession();
  useEffect(() => void session.restore(), []);
  useEffect(() => {
    // The state of now, not of the render: the effect above may have begun to ask anew.
    if (status === "signed-out" && session.state().status === "signed-out") router.replace("/sign-in");
  }, [status, router]);

  if (status === "unreachable") return <Unreachable />;
  if (status !== "signed-in" && status !== "expired") return fallback;
  return (
    <PersonalData key={generation}>
      {children}
      {status === "expired" && <SignInAgain />}
    </PersonalData>
  );
}

/** What is fetched for one person; it goes when they go. */
function PersonalData({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: 15_000, retry: (failures, error) => failures < 2 && isPassing(error) },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function Unreachable() {
  return (
    <Page>
      <div className="space-y-4">
        <Message kind="error">{problemInWords(undefined)}</Message>
        <Button look="primary" onClick={() => void session.restore()}>
          Try again
        </Button>
      </div>
    </Page>
  );
}
