"use client";

import { operations } from "@daybook/core/api";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { TextLink } from "../../../lib/ui/link/text-link.tsx";
import { MailedCodeFields } from "./mailed-code-fields.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { rememberedPassword } from "./pending-account.ts";
import { ResendCode } from "./resend-code.tsx";
import { useSignInStep } from "./use-sign-in-step.ts";

const words = accountWords.confirm;

/**
 * Asks for the code that was mailed, and for a password unless this tab still holds the one from signing up: the owner
 * of the mailbox chooses the password. The user is then signed in.
 */
export function ConfirmForm() {
  const { email, signIn } = useSignInStep();
  const password = email && rememberedPassword(email);
  const form = useForm({
    schema: operations.confirmAccount.body,
    problems: [
      ["confirmation-code-invalid", "code", accountWords.code.refused],
      ["password-too-weak", "password"],
    ],
    read: (typed) => ({ password, ...typed }),
    leaves: true,
    async send(confirmation) {
      await publicApi.confirmAccount({ body: confirmation });
      await signIn({ email: confirmation.email, password: confirmation.password }, "confirmed");
    },
  });
  const asksForPassword = password === undefined || form.errors.password !== undefined;
  return (
    <div className="space-y-5">
      <p>
        {email ? (
          <>
            {words.to} <strong className="break-words">{email}</strong>.{" "}
            {asksForPassword ? words.choosesPassword : words.goesOn}
          </>
        ) : (
          words.toAny
        )}
      </p>
      <Form form={form} action={words.action}>
        <MailedCodeFields email={email} submits={!asksForPassword} />
        {asksForPassword && <NewPasswordField name="password" label={accountWords.password.label} />}
      </Form>
      {email && <ResendCode code="confirmation" send={() => publicApi.resendConfirmation({ body: { email } })} />}
      {email && (
        <p className="text-sm text-muted">
          {words.ifNew} <TextLink href="/sign-in">{words.ifNewAction}</TextLink>.
        </p>
      )}
    </div>
  );
}
