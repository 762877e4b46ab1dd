"use client";

import { passwordMinLength } from "@daybook/core/account/account";
import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { publicApi } from "../../lib/api.ts";
import { Field } from "../../lib/ui/field.tsx";
import { Form } from "../../lib/ui/form.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { accountWords } from "./account-words.ts";
import { rememberPendingAccount } from "./pending-account.ts";

/** Asks for an address and a password, and goes on to the code that is mailed. */
export function SignUpForm() {
  const router = useRouter();
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.signUp.body,
    words: { email: accountWords.email, password: accountWords.newPassword },
    problems: [["password-too-weak", "password"]],
    async send(account) {
      await publicApi.signUp({ body: account });
      rememberPendingAccount(account);
      router.push("/confirm");
    },
  });
  return (
    <Form {...formProps} failure={failure} pending={pending} action="Create account">
      <Field name="email" type="email" label="Email" autoComplete="username" inputMode="email" error={errors.email} />
      <Field
        name="password"
        type="password"
        label="Password"
        autoComplete="new-password"
        minLength={passwordMinLength}
        hint={`At least ${passwordMinLength} characters. A few words in a row are easy to remember.`}
        error={errors.password}
      />
    </Form>
  );
}
