import { accountOperations } from "@daybook/core/account/account.api";
import { accountWords } from "../../../copy/account.ts";
import { secondFactorWords } from "../../../copy/second-factor.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { userApi } from "../../session/user-api.ts";
import { ProofFields } from "./proof-fields.tsx";

/** Replaces all recovery codes by new ones. */
export function RenewRecoveryCodes({ email, onRenewed }: { email: string; onRenewed(codes: readonly string[]): void }) {
  const { formProps, errors, failure, pending } = useForm({
    schema: accountOperations.replaceRecoveryCodes.body,
    words: { password: accountWords.password.missing, code: accountWords.appCode.wrong },
    read: ({ email: _, ...typed }) => typed,
    problems: [
      ["password-incorrect", "password", accountWords.changePassword.refused],
      ["second-factor-invalid", "code", accountWords.appCode.refused],
    ],
    async send(body) {
      const { data } = await userApi.replaceRecoveryCodes({ body });
      onRenewed(data.codes);
    },
  });
  return (
    <Form {...formProps} failure={failure} pending={pending} action={secondFactorWords.renew.action}>
      <ProofFields email={email} errors={errors} />
    </Form>
  );
}
