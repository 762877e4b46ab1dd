"use client";

import { useRouter } from "next/navigation";
import { Fragment, type ReactNode, useDeferredValue, useEffect } from "react";
import { accountWords } from "../../copy/account.ts";
import { problemInWords } from "../../lib/problem-words.ts";
import { Button } from "../../lib/ui/button.tsx";
import { NarrowPage } from "../../lib/ui/layout/narrow-page.tsx";
import { Message } from "../../lib/ui/message.tsx";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { keepOffline } from "../offline/keep-offline.ts";
import { session } from "./browser-session.ts";
import { rememberReturn } from "./return-path.ts";
import { useSession } from "./use-session.ts";

const signInAgain = onDemand(() => import("./sign-in-again.tsx"));

/**
 * Shows its children to whoever is signed in, or was at their last visit while the API has not said otherwise; `fallback` until that is
 * known. Everyone else is led to the sign-in page.
 */
export function SessionGate({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const router = useRouter();
  const { status, generation, person } = useSession();
  // A page is made in steps, between which the browser answers; it goes at once.
  const known = person !== undefined;
  const mayEnter = useDeferredValue(known);
  const again = usePart(signInAgain, status === "expired");
  useEffect(() => void session.restore(), []);
  useEffect(() => {
    if (known) keepOffline();
  }, [known]);
  useEffect(() => {
    // The state of now, not of the render: the effect above may have begun to ask anew.
    const now = session.state();
    if (status !== "signed-out" || now.status !== "signed-out") return;
    if (now.farewell === undefined || now.farewell.reason === "session-ended") rememberReturn();
    router.replace("/sign-in");
  }, [status, router]);

  if (status === "signed-out") return fallback;
  if (!person) return status === "unreachable" ? <Unreachable /> : fallback;
  if (!mayEnter) return fallback;
  return (
    <>
      {/* What was fetched for one person goes when they go. */}
      <Fragment key={generation}>{children}</Fragment>
      {status === "expired" && again && <again.SignInAgain />}
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
