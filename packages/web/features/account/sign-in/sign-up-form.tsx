"use client";

import { operations } from "@daybook/core/api";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { EmailField } from "./email-field.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { markCodeSent, rememberCredentials } from "./pending-account.ts";
import { useSignInStep } from "./use-sign-in-step.ts";

/** Asks for an address and a password, then opens the page for the code that was mailed. */
export function SignUpForm() {
  const { router, email } = useSignInStep();
  const form = useForm({
    schema: operations.signUp.body,
    problems: [["password-too-weak", "password"]],
    leaves: true,
    async send(account) {
      await publicApi.signUp({ body: account });
      rememberCredentials(account);
      markCodeSent("confirmation");
      router.push("/confirm");
    },
  });
  return (
    <Form form={form} action={accountWords.signUp.action}>
      <EmailField defaultValue={email} />
      <NewPasswordField name="password" label={accountWords.password.label} />
    </Form>
  );
}
