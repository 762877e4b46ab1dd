import type { SecondFactorEnrolment } from "@daybook/core/account/account";
import { secondFactorOperations } from "@daybook/core/account/second-factor.api";
import { secondFactorWords as words } from "../../../copy/second-factor.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { CodeFields } from "../../session/code-fields.tsx";
import { CurrentPassword, passwordProblem } from "../../session/current-password.tsx";
import { codeProblem, recoveryProblem } from "../../session/form-with-code.tsx";
import { userApi } from "../../session/user-api.ts";

/*
 * The forms that change the second factor. They need the password, and a code once the second factor is enabled, since
 * an unattended open page must not be enough.
 */

interface BeginProps {
  readonly email: string;
  onBegun(begun: { enrolment: SecondFactorEnrolment; password: string }): void;
  /** Called when the second factor was already enabled in another session. */
  onEnabled(): void;
}

/** Requests a new secret. Confirming the secret needs the same password again, so it is passed on. */
export function BeginSecondFactor({ email, onBegun, onEnabled }: BeginProps) {
  const form = useForm({
    schema: secondFactorOperations.enrolSecondFactor.body,
    problems: [passwordProblem],
    async send(body) {
      try {
        const { data } = await userApi.enrolSecondFactor({ body });
        onBegun({ enrolment: data, password: body.password });
      } catch (error) {
        if (!isProblem(error, "second-factor-enabled")) throw error;
        onEnabled();
      }
    },
  });
  return (
    <Form form={form} action={words.steps.password.action}>
      <CurrentPassword email={email} />
    </Form>
  );
}

/** Replaces all recovery codes by new ones. */
export function RenewRecoveryCodes({ email, onRenewed }: { email: string; onRenewed(codes: readonly string[]): void }) {
  const form = useForm({
    schema: secondFactorOperations.replaceRecoveryCodes.body,
    problems: [passwordProblem, codeProblem],
    async send(body) {
      const { data } = await userApi.replaceRecoveryCodes({ body });
      onRenewed(data.codes);
    },
  });
  return (
    <Form form={form} action={words.steps.renew.action}>
      <CurrentPassword email={email} />
      <CodeFields />
    </Form>
  );
}

/** Disables the second factor. A recovery code is accepted instead of a code from the app. */
export function DisableSecondFactor({ email, onDisabled }: { email: string; onDisabled(): void }) {
  const form = useForm({
    schema: secondFactorOperations.disableSecondFactor.body,
    problems: [passwordProblem, codeProblem, recoveryProblem],
    async send(body) {
      await userApi.disableSecondFactor({ body });
      onDisabled();
    },
  });
  return (
    <Form form={form} action={words.steps.off.action}>
      <CurrentPassword email={email} />
      <CodeFields recovery />
    </Form>
  );
}
