import { accountOperations } from "@daybook/core/account/account.api";
import { Form } from "../../lib/ui/form.tsx";
import { PasswordField } from "../../lib/ui/password-field.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { accountWords } from "../../words/account.ts";
import { secondFactorWords } from "../../words/second-factor.ts";
import { userApi } from "../session/user-api.ts";
import { KnownEmail } from "./email-field.tsx";

/** Turns the second factor off, which takes the password: the open page alone must not be enough. */
export function DisableSecondFactor({ email, onDisabled }: { email: string; onDisabled(): void }) {
  const { formProps, errors, failure, pending } = useForm({
    schema: accountOperations.disableSecondFactor.body,
    words: { password: accountWords.password.missing },
    read: ({ password }) => ({ password }),
    problems: [["password-incorrect", "password", accountWords.changePassword.refused]],
    async send(body) {
      await userApi.disableSecondFactor({ body });
      onDisabled();
    },
  });
  return (
    <Form {...formProps} failure={failure} pending={pending} action={secondFactorWords.disable.action}>
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
