import { accountOperations } from "@daybook/core/account/account.api";
import { accountWords } from "../../../copy/account.ts";
import { secondFactorWords } from "../../../copy/second-factor.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { userApi } from "../../session/user-api.ts";
import { ProofFields } from "./proof-fields.tsx";

/** Disables the second factor. It needs the password and a code, since an unattended open page must not be enough. */
export function DisableSecondFactor({ email, onDisabled }: { email: string; onDisabled(): void }) {
  const { formProps, errors, failure, pending } = useForm({
    schema: accountOperations.disableSecondFactor.body,
    words: {
      password: accountWords.password.missing,
      code: accountWords.appCode.wrong,
      recoveryCode: secondFactorWords.step.recoveryWrong,
    },
    read: ({ email: _, ...typed }) => typed,
    problems: [
      ["password-incorrect", "password", accountWords.changePassword.refused],
      ["second-factor-invalid", "code", accountWords.appCode.refused],
      ["recovery-code-invalid", "recoveryCode", secondFactorWords.step.recoveryRefused],
    ],
    async send(body) {
      await userApi.disableSecondFactor({ body });
      onDisabled();
    },
  });
  return (
    <Form {...formProps} failure={failure} pending={pending} action={secondFactorWords.disable.action}>
      <ProofFields email={email} errors={errors} recovery />
    </Form>
  );
}
