"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { useSignedInRedirect } from "../../session/use-session.ts";
import { EmailField } from "./email-field.tsx";
import { markCodeSent, rememberEmail } from "./pending-account.ts";
import { useRememberedEmail } from "./use-remembered-email.ts";

/** Sends a password reset code by email, then opens the page that asks for it. */
export function ForgotForm() {
  const router = useRouter();
  const email = useRememberedEmail();
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.requestReset.body,
    words: { email: accountWords.email.wrong },
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
      <Form {...formProps} failure={failure} pending={pending} action={accountWords.forgot.action}>
        <EmailField defaultValue={email} error={errors.email} />
      </Form>
    </div>
  );
}
