"use client";

import { useRouter } from "next/navigation";
import { Fragment, type ReactNode, useDeferredValue, useEffect } from "react";
import { accountWords } from "../../copy/account.ts";
import { problemInWords } from "../../lib/problem-words.ts";
import { Button } from "../../lib/ui/button.tsx";
import { AppFrame } from "../../lib/ui/layout/app-frame.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";
import { Message } from "../../lib/ui/message.tsx";
import { componentOf, onDemand } from "../../lib/ui/on-demand.ts";
import { keepOffline } from "../offline/keep-offline.ts";
import { session } from "./browser-session.ts";
import { rememberReturn } from "./return-path.ts";
import { useSession } from "./use-session.ts";

const SignInAgain = componentOf(
  onDemand(() => import("./sign-in-again.tsx")),
  (part) => part.SignInAgain,
);

interface SessionGateProps {
  readonly title: string;
  /** The content of the page until a user is known. */
  readonly loading: ReactNode;
  readonly children: ReactNode;
}

/**
 * Shows its children to the signed-in user, or to the user of the last visit until the API has answered. Redirects
 * visitors to the sign-in page.
 */
export function SessionGate({ title, loading, children }: SessionGateProps) {
  const router = useRouter();
  const { status, generation, person } = useSession();
  // Defer the first render of the children, so that the browser stays responsive. Removing them is not deferred:
  // `person` and `status` are read directly.
  const known = person !== undefined;
  const mayEnter = useDeferredValue(known);
  useEffect(() => void session.restore(), []);
  useEffect(() => {
    if (known) keepOffline();
  }, [known]);
  useEffect(() => {
    // Read the current state, not the rendered one: the effect above may have started a new attempt to restore.
    const now = session.state();
    if (status !== "signed-out" || now.status !== "signed-out") return;
    if (now.farewell === undefined || now.farewell.reason === "session-ended") rememberReturn();
    router.replace("/sign-in");
  }, [status, router]);

  if (!person && status === "unreachable") return <Unreachable />;
  if (!person || !mayEnter) return <AppFrame title={title}>{loading}</AppFrame>;
  return (
    <>
      {/* Remount for another user, so that no state of the previous user remains. */}
      <Fragment key={generation}>{children}</Fragment>
      {status === "expired" && <SignInAgain />}
    </>
  );
}

function Unreachable() {
  return (
    <NarrowPage title={accountWords.unreachable.title}>
      <Message kind="error">{problemInWords(undefined)}</Message>
      <Button look="primary" onClick={() => void session.restore()}>
        {accountWords.unreachable.retry}
      </Button>
    </NarrowPage>
  );
}
