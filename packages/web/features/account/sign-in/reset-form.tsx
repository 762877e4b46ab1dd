"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { CodeField } from "../../../lib/ui/form/code-field.tsx";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { session } from "../../session/browser-session.ts";
import { KnownEmail } from "../../session/current-password.tsx";
import { useSignedInRedirect } from "../../session/use-session.ts";
import { EmailField } from "./email-field.tsx";
import { LocalMailboxHint } from "./local-mailbox-hint.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { forgetAccount, leaveNews } from "./pending-account.ts";
import { ResendCode } from "./resend-code.tsx";
import { useRememberedEmail } from "./use-remembered-email.ts";

const words = accountWords.reset;

/** Asks for the code that was mailed and for a new password, then signs the user in. */
export function ResetForm() {
  const router = useRouter();
  const email = useRememberedEmail();
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.confirmReset.body,
    words: {
      email: accountWords.email.wrong,
      code: accountWords.code.wrong,
      newPassword: accountWords.newPassword.wrong,
    },
    problems: [
      ["confirmation-code-invalid", "code", accountWords.code.refused],
      ["password-too-weak", "newPassword"],
    ],
    leaves: true,
    async send(reset) {
      await publicApi.confirmReset({ body: reset });
      try {
        await session.signIn({ email: reset.email, password: reset.newPassword });
        forgetAccount();
      } catch {
        // The password is set even if signing in fails. The sign-in page shows that error.
        leaveNews("password-set");
        router.push("/sign-in");
      }
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
      <Form {...formProps} failure={failure} pending={pending} action={words.action}>
        {email ? <KnownEmail email={email} /> : <EmailField error={errors.email} />}
        <CodeField name="code" label={accountWords.code.label} hint={<LocalMailboxHint />} error={errors.code} />
        <NewPasswordField name="newPassword" label={accountWords.newPassword.label} error={errors.newPassword} />
      </Form>
      <p className="text-sm text-muted">{words.effect}</p>
      {email && <ResendCode code="reset" send={() => publicApi.requestReset({ body: { email } })} />}
    </div>
  );
}
