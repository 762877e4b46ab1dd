import type { SecondFactorEnrolment, SecondFactor as SecondFactorState } from "@daybook/core/account/account";
import { useState } from "react";
import { secondFactorWords as words } from "../../../copy/second-factor.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { FailureState } from "../../../lib/ui/failure-state.tsx";
import { Message } from "../../../lib/ui/message.tsx";
import { componentOf, onDemand } from "../../../lib/ui/on-demand.ts";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { Skeleton } from "../../../lib/ui/skeleton.tsx";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { recoveredSearch } from "../../session/return-path.ts";
import { Section } from "../section.tsx";
import { BeginSecondFactor, DisableSecondFactor, RenewRecoveryCodes } from "./proof-forms.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { useSecondFactor } from "./use-second-factor.ts";

/** The form with the QR code. */
const EnrolSecondFactor = componentOf(
  onDemand(() => import("./enrol-second-factor.tsx")),
  (part) => part.EnrolSecondFactor,
);

/** Shows whether the second factor is enabled, and lets the user change that. */
export function SecondFactor({ email }: { email: string }) {
  const { state, change, load } = useSecondFactor();
  return (
    <Section heading={words.heading}>
      {state.status === "pending" && (
        <div role="status">
          <span className="sr-only">{words.loading}</span>
          <Skeleton />
        </div>
      )}
      {state.status === "error" && <FailureState title={words.failed} error={state.error} retry={() => void load()} />}
      {state.status === "success" && <OnOrOff email={email} {...state} onChange={change} />}
    </Section>
  );
}

/** The step that the dialog shows. */
type Step =
  | { readonly name: "password" | "off" | "renew" }
  | { readonly name: "app"; readonly enrolment: SecondFactorEnrolment; readonly password: string }
  | { readonly name: "codes"; readonly codes: readonly string[] };

interface OnOrOffProps extends SecondFactorState {
  readonly email: string;
  onChange(enabled: boolean, codesLeft: number): void;
}

/** Scrolls the notice into view for users who just signed in with a recovery code. */
const intoView = (node: HTMLElement | null) => node?.scrollIntoView({ block: "center" });

/** The buttons that open the dialog. They receive the focus again when it closes. */
function OnOrOff({ email, enabled, recoveryCodesLeft, onChange }: OnOrOffProps) {
  const [step, setStep] = useState<Step>();
  const { title, description } = words.steps[step?.name ?? "password"];
  // Rendered only in the browser, because the state is loaded there. Reading `location` is therefore safe.
  const asksAgain = !enabled && location.search === recoveredSearch;
  const close = () => setStep(undefined);
  const showCodes = (codes: readonly string[]) => {
    onChange(true, codes.length);
    setStep({ name: "codes", codes });
  };
  const turnedOff = () => {
    close();
    onChange(false, 0);
    showToast({ id: "second-factor", text: words.steps.off.done });
  };
  const turnedOnElsewhere = () => {
    close();
    onChange(true, recoveryCodesLeft);
  };
  return (
    <>
      {asksAgain && (
        <div ref={intoView}>
          <Message kind="note">{words.enrolAgain}</Message>
        </div>
      )}
      <p className="text-muted">{enabled ? words.on : words.off}</p>
      {enabled && <p className="text-muted">{words.left(recoveryCodesLeft)}</p>}
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => setStep({ name: enabled ? "off" : "password" })}>
          {enabled ? words.turnOff : words.turnOn}
        </Button>
        {enabled && <Button onClick={() => setStep({ name: "renew" })}>{words.renew}</Button>}
      </div>
      <Dialog
        open={step !== undefined}
        onOpenChange={close}
        // The recovery codes are shown only once, so this step closes only by its button.
        required={step?.name === "codes"}
        title={title}
        description={description}
      >
        {step?.name === "password" && (
          <BeginSecondFactor
            email={email}
            onBegun={(begun) => setStep({ name: "app", ...begun })}
            onEnabled={turnedOnElsewhere}
          />
        )}
        {step?.name === "app" && <EnrolSecondFactor {...step} onEnabled={showCodes} />}
        {step?.name === "codes" && <RecoveryCodes codes={step.codes} onDone={close} />}
        {step?.name === "off" && <DisableSecondFactor email={email} onDisabled={turnedOff} />}
        {step?.name === "renew" && <RenewRecoveryCodes email={email} onRenewed={showCodes} />}
      </Dialog>
    </>
  );
}
