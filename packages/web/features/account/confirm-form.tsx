"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { publicApi } from "../../lib/api.ts";
import { CodeField } from "../../lib/ui/code-field.tsx";
import { Form } from "../../lib/ui/form.tsx";
import { TextLink } from "../../lib/ui/text-link.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { useSubmitWhenComplete } from "../../lib/ui/use-submit-when-complete.ts";
import { accountWords } from "../../words/account.ts";
import { session } from "../session/browser-session.ts";
import { useSignedInRedirect } from "../session/use-session.ts";
import { EmailField, KnownEmail } from "./email-field.tsx";
import { LocalMailboxHint } from "./local-mailbox-hint.tsx";
import { forgetAccount, leaveNews, rememberedPassword } from "./pending-account.ts";
import { ResendCode } from "./resend-code.tsx";
import { useRememberedEmail } from "./use-remembered-email.ts";

const words = accountWords.confirm;

/** Asks for the code that was mailed; a person who has just signed up is then signed in. */
export function ConfirmForm() {
  const router = useRouter();
  const email = useRememberedEmail();
  const submitWhenComplete = useSubmitWhenComplete();
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.confirmAccount.body,
    words: { email: accountWords.email.wrong, code: accountWords.code.wrong },
    problems: [["confirmation-code-invalid", "code", accountWords.code.refused]],
    leaves: true,
    async send(confirmation) {
      await publicApi.confirmAccount({ body: confirmation });
      if (await signInWithRememberedPassword(confirmation.email)) return;
      leaveNews("confirmed");
      router.push("/sign-in");
    },
  });
  return (
    <div className="space-y-5">
      <p>
        {email ? (
          <>
            {words.to} <strong className="break-words">{email}</strong>. {words.goesOn}
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
          onInput={email ? submitWhenComplete : undefined}
        />
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

/** @returns whether it worked; if not, the person signs in on the page for it */
async function signInWithRememberedPassword(email: string): Promise<boolean> {
  const password = rememberedPassword(email);
  if (password === undefined) return false;
  try {
    await session.signIn({ email, password });
    forgetAccount();
    return true;
  } catch {
    // The account is confirmed all the same; what is wrong with the password is told where it is asked for.
    return false;
  }
}
