import type { SecondFactorEnrolment } from "@daybook/core/account/account";
import { useState } from "react";
import { isProblem, problemInWords } from "../../lib/problem-words.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Dialog } from "../../lib/ui/dialog.tsx";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { Message } from "../../lib/ui/message.tsx";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { Skeleton } from "../../lib/ui/skeleton.tsx";
import { showToast } from "../../lib/ui/toast.tsx";
import { common } from "../../words/common.ts";
import { secondFactorWords as words } from "../../words/second-factor.ts";
import { userApi } from "../session/user-api.ts";
import { DisableSecondFactor } from "./disable-second-factor.tsx";
import { Section } from "./section.tsx";
import { useSecondFactor } from "./use-second-factor.ts";

const enrolForm = onDemand(() => import("./enrol-second-factor.tsx"));

/** Whether signing in asks for a code, and the ways to change that. */
export function SecondFactor({ email }: { email: string }) {
  const { state, setEnabled, load } = useSecondFactor();
  return (
    <Section heading={words.heading}>
      {state.status === "pending" && (
        <div role="status">
          <span className="sr-only">{words.loading}</span>
          <Skeleton />
        </div>
      )}
      {state.status === "error" && <FailureState title={words.failed} error={state.error} retry={() => void load()} />}
      {state.status === "success" && <OnOrOff email={email} enabled={state.enabled} onChange={setEnabled} />}
    </Section>
  );
}

interface OnOrOffProps {
  readonly email: string;
  readonly enabled: boolean;
  onChange(enabled: boolean): void;
}

/** One button for either way, which has the focus again when what it opened is closed. */
function OnOrOff({ email, enabled, onChange }: OnOrOffProps) {
  const [asking, setAsking] = useState<"off" | SecondFactorEnrolment>();
  const { begin, pending, failure } = useEnrolment(setAsking, () => onChange(true));
  const enrol = usePart(enrolForm, !enabled && asking !== undefined);
  const close = () => setAsking(undefined);
  const changed = (now: boolean) => {
    close();
    onChange(now);
    showToast({ id: "second-factor", text: now ? words.enrol.done : words.disable.done });
  };
  return (
    <>
      {failure && <Message kind="error">{failure}</Message>}
      <p className="text-muted">{enabled ? words.on : words.off}</p>
      <Button aria-disabled={pending} onClick={() => (enabled ? setAsking("off") : begin())}>
        {pending ? common.oneMoment : enabled ? words.turnOff : words.turnOn}
      </Button>
      <Dialog open={asking === "off"} onOpenChange={close} title={words.disable.title} description={words.disable.text}>
        <DisableSecondFactor email={email} onDisabled={() => changed(false)} />
      </Dialog>
      <Dialog
        open={typeof asking === "object"}
        onOpenChange={close}
        title={words.enrol.title}
        description={words.enrol.scan}
      >
        {typeof asking === "object" && enrol && (
          <enrol.EnrolSecondFactor enrolment={asking} onEnabled={() => changed(true)} />
        )}
      </Dialog>
    </>
  );
}

/** Asks for a new secret, once at a time; one that is on already was turned on somewhere else. */
function useEnrolment(onSecret: (enrolment: SecondFactorEnrolment) => void, onEnabled: () => void) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const begin = () => {
    if (pending) return;
    setPending(true);
    setFailure(undefined);
    userApi
      .enrolSecondFactor()
      .then(({ data }) => onSecret(data))
      .catch((error: unknown) => {
        if (isProblem(error, "second-factor-enabled")) onEnabled();
        else setFailure(problemInWords(error));
      })
      .finally(() => setPending(false));
  };
  return { begin, pending, failure };
}
