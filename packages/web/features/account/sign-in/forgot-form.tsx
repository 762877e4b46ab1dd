"use client";

import { operations } from "@daybook/core/api";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { EmailField } from "./email-field.tsx";
import { markCodeSent, rememberEmail } from "./pending-account.ts";
import { useSignInStep } from "./use-sign-in-step.ts";

/** Sends a password reset code by email, then opens the page that asks for it. */
export function ForgotForm() {
  const { router, email } = useSignInStep();
  const form = useForm({
    schema: operations.requestReset.body,
    leaves: true,
    async send(account) {
      await publicApi.requestReset({ body: account });
      rememberEmail(account.email);
      markCodeSent("reset");
      router.push("/reset");
    },
  });
  return (
    <div className="space-y-5">
      <p>{accountWords.forgot.text}</p>
      <Form form={form} action={accountWords.forgot.action}>
        <EmailField defaultValue={email} />
      </Form>
    </div>
  );
}
