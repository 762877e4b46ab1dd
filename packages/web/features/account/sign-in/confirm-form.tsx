"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { CodeField } from "../../../lib/ui/form/code-field.tsx";
import { Form } from "../../../lib/ui/form/form.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { useSubmitWhenComplete } from "../../../lib/ui/form/use-submit-when-complete.ts";
import { TextLink } from "../../../lib/ui/link/text-link.tsx";
import { session } from "../../session/browser-session.ts";
import { KnownEmail } from "../../session/current-password.tsx";
import { useSignedInRedirect } from "../../session/use-session.ts";
import { EmailField } from "./email-field.tsx";
import { LocalMailboxHint } from "./local-mailbox-hint.tsx";
import { NewPasswordField } from "./new-password-field.tsx";
import { forgetAccount, leaveNews, rememberedPassword } from "./pending-account.ts";
import { ResendCode } from "./resend-code.tsx";
import { useRememberedEmail } from "./use-remembered-email.ts";

const words = accountWords.confirm;

/**
 * Asks for the code that was mailed, and for a password unless this tab still holds the one from signing up: the owner
 * of the mailbox chooses the password. The user is then signed in.
 */
export function ConfirmForm() {
  const router = useRouter();
  const email = useRememberedEmail();
  const password = email && rememberedPassword(email);
  const submitWhenComplete = useSubmitWhenComplete();
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.confirmAccount.body,
    words: {
      email: accountWords.email.wrong,
      code: accountWords.code.wrong,
      password: accountWords.newPassword.wrong,
    },
    problems: [
      ["confirmation-code-invalid", "code", accountWords.code.refused],
      ["password-too-weak", "password"],
    ],
    read: (typed) => ({ password, ...typed }),
    leaves: true,
    async send(confirmation) {
      await publicApi.confirmAccount({ body: confirmation });
      try {
        await session.signIn({ email: confirmation.email, password: confirmation.password });
        forgetAccount();
      } catch {
        // The account is confirmed even if signing in fails. The sign-in page shows that error.
        leaveNews("confirmed");
        router.push("/sign-in");
      }
    },
  });
  const asksForPassword = password === undefined || errors.password !== undefined;
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
      <Form {...formProps} failure={failure} pending={pending} action={words.action}>
        {email ? <KnownEmail email={email} /> : <EmailField error={errors.email} />}
        <CodeField
          name="code"
          label={accountWords.code.label}
          hint={<LocalMailboxHint />}
          error={errors.code}
          onInput={asksForPassword ? undefined : submitWhenComplete}
        />
        {asksForPassword && (
          <NewPasswordField name="password" label={accountWords.password.label} error={errors.password} />
        )}
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
