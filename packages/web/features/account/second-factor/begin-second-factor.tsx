import type { SecondFactorEnrolment } from "@daybook/core/account/account";
import { accountOperations } from "@daybook/core/account/account.api";
import { accountWords } from "../../../copy/account.ts";
import { secondFactorWords } from "../../../copy/second-factor.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { PasswordField } from "../../../lib/ui/form/password-field.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { userApi } from "../../session/user-api.ts";
import { KnownEmail } from "../sign-in/email-field.tsx";

interface BeginProps {
  readonly email: string;
  onBegun(begun: { enrolment: SecondFactorEnrolment; password: string }): void;
  /** Called when the second factor was already enabled in another session. */
  onEnabled(): void;
}

/**
 * Asks for the password to request a new secret. Confirming the secret needs the same password again, so it is passed
 * on.
 */
export function BeginSecondFactor({ email, onBegun, onEnabled }: BeginProps) {
  const { formProps, errors, failure, pending } = useForm({
    schema: accountOperations.enrolSecondFactor.body,
    words: { password: accountWords.password.missing },
    read: ({ password }) => ({ password }),
    problems: [["password-incorrect", "password", accountWords.changePassword.refused]],
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
    <Form {...formProps} failure={failure} pending={pending} action={secondFactorWords.enrol.begin}>
      <KnownEmail email={email} />
      <PasswordField
        name="password"
        label={accountWords.password.label}
        autoComplete="current-password"
        error={errors.password}
      />
    </Form>
  );
}
