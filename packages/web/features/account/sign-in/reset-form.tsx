"use client";

import { operations } from "@daybook/core/api";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { MailedCodeFields } from "./mailed-code-fields.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { ResendCode } from "./resend-code.tsx";
import { useSignInStep } from "./use-sign-in-step.ts";

const words = accountWords.reset;

/** Asks for the code that was mailed and for a new password, then signs the user in. */
export function ResetForm() {
  const { email, signIn } = useSignInStep();
  const form = useForm({
    schema: operations.confirmReset.body,
    problems: [
      ["confirmation-code-invalid", "code", accountWords.code.refused],
      ["password-too-weak", "newPassword"],
    ],
    leaves: true,
    async send(reset) {
      await publicApi.confirmReset({ body: reset });
      await signIn({ email: reset.email, password: reset.newPassword }, "password-set");
    },
  });
  return (
    <div className="space-y-5">
      <p>
        {email ? (
          <>
            {words.to} <strong className="break-words">{email}</strong>, {words.toEnd}
          </>
        ) : (
          words.toAny
        )}
      </p>
      <Form form={form} action={words.action}>
        <MailedCodeFields email={email} />
        <NewPasswordField name="newPassword" label={accountWords.newPassword.label} />
      </Form>
      <p className="text-sm text-muted">{words.effect}</p>
      {email && <ResendCode code="reset" send={() => publicApi.requestReset({ body: { email } })} />}
    </div>
  );
}
