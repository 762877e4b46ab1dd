"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { useSignedInRedirect } from "../../session/use-session.ts";
import { EmailField } from "./email-field.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { markCodeSent, rememberCredentials } from "./pending-account.ts";
import { useRememberedEmail } from "./use-remembered-email.ts";

/** Asks for an address and a password, then opens the page for the code that was mailed. */
export function SignUpForm() {
  const router = useRouter();
  const email = useRememberedEmail();
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.signUp.body,
    words: { email: accountWords.email.wrong, password: accountWords.newPassword.wrong },
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
    <Form {...formProps} failure={failure} pending={pending} action={accountWords.signUp.action}>
      <EmailField defaultValue={email} error={errors.email} />
      <NewPasswordField name="password" label={accountWords.password.label} error={errors.password} />
    </Form>
  );
}
