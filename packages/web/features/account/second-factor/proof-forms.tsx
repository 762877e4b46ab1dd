import type { SecondFactorEnrolment } from "@daybook/core/account/account";
import { accountOperations } from "@daybook/core/account/account.api";
import { type ReactNode, useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { secondFactorWords } from "../../../copy/second-factor.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { TextButton } from "../../../lib/ui/button.tsx";
import { CodeField } from "../../../lib/ui/form/code-field.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { codeProblem, recoveryProblem } from "../../session/code-step.tsx";
import { CurrentPassword } from "../../session/current-password.tsx";
import { userApi } from "../../session/user-api.ts";

/*
 * The forms that change the second factor. They need the password, and a code once the second factor is enabled, since
 * an unattended open page must not be enough.
 */

const words = secondFactorWords.step;
const password = accountWords.password.missing;
const code = accountWords.appCode.wrong;
const passwordProblem = ["password-incorrect", "password", accountWords.changePassword.refused] as const;

interface ProofFormProps {
  readonly email: string;
  readonly action: string;
  readonly form: Pick<ReturnType<typeof useForm>, "formProps" | "errors" | "failure" | "pending">;
  /** The fields after the password. */
  readonly children?: ReactNode;
}

const ProofForm = ({ email, action, form: { formProps, errors, failure, pending }, children }: ProofFormProps) => (
  <Form {...formProps} failure={failure} pending={pending} action={action}>
    <CurrentPassword email={email} error={errors.password} />
    {children}
  </Form>
);

interface BeginProps {
  readonly email: string;
  onBegun(begun: { enrolment: SecondFactorEnrolment; password: string }): void;
  /** Called when the second factor was already enabled in another session. */
  onEnabled(): void;
}

/** Requests a new secret. Confirming the secret needs the same password again, so it is passed on. */
export function BeginSecondFactor({ email, onBegun, onEnabled }: BeginProps) {
  const form = useForm({
    schema: accountOperations.enrolSecondFactor.body,
    words: { password },
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
  return <ProofForm email={email} form={form} action={secondFactorWords.enrol.begin} />;
}

/** Replaces all recovery codes by new ones. */
export function RenewRecoveryCodes({ email, onRenewed }: { email: string; onRenewed(codes: readonly string[]): void }) {
  const form = useForm({
    schema: accountOperations.replaceRecoveryCodes.body,
    words: { password, code },
    problems: [passwordProblem, codeProblem],
    async send(body) {
      const { data } = await userApi.replaceRecoveryCodes({ body });
      onRenewed(data.codes);
    },
  });
  return (
    <ProofForm email={email} form={form} action={secondFactorWords.renew.action}>
      <CodeField name="code" label={words.label} error={form.errors.code} />
    </ProofForm>
  );
}

/** Disables the second factor. A recovery code is accepted instead of a code from the app. */
export function DisableSecondFactor({ email, onDisabled }: { email: string; onDisabled(): void }) {
  const [withRecoveryCode, setWithRecoveryCode] = useState(false);
  const form = useForm({
    schema: accountOperations.disableSecondFactor.body,
    words: { password, code, recoveryCode: words.recoveryWrong },
    problems: [passwordProblem, codeProblem, recoveryProblem],
    async send(body) {
      await userApi.disableSecondFactor({ body });
      onDisabled();
    },
  });
  return (
    <ProofForm email={email} form={form} action={secondFactorWords.disable.action}>
      {withRecoveryCode ? (
        <Field
          name="recoveryCode"
          label={words.recoveryLabel}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={form.errors.recoveryCode}
        />
      ) : (
        <CodeField name="code" label={words.label} error={form.errors.code} />
      )}
      <TextButton className="min-h-6" onClick={() => setWithRecoveryCode(!withRecoveryCode)}>
        {withRecoveryCode ? words.useApp : words.useRecovery}
      </TextButton>
    </ProofForm>
  );
}
