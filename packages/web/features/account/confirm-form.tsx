"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { useSyncExternalStore } from "react";
import { publicApi } from "../../lib/api.ts";
import { Field } from "../../lib/ui/field.tsx";
import { Form } from "../../lib/ui/form.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { session } from "../session/browser-session.ts";
import { accountWords } from "./account-words.ts";
import { LocalMailboxHint } from "./local-mailbox-hint.tsx";
import { forgetPendingAccount, markConfirmed, pendingEmail, pendingPassword } from "./pending-account.ts";
import { ResendCode } from "./resend-code.tsx";

const never = () => () => {};

/** Asks for the code that was mailed; a person who has just signed up is then signed in. */
export function ConfirmForm() {
  const router = useRouter();
  const email = useSyncExternalStore(never, pendingEmail, () => undefined);
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.confirmAccount.body,
    words: { email: accountWords.email, code: accountWords.code },
    problems: [["confirmation-code-invalid", "code"]],
    given: email === undefined ? {} : { email },
    async send(confirmation) {
      await publicApi.confirmAccount({ body: confirmation });
      const signedIn = await signInWithPendingPassword(confirmation.email);
      router.push(signedIn ? "/todos" : "/sign-in");
    },
  });
  return (
    <div className="space-y-5">
      <p>
        {email ? (
          <>
            Enter the six digits that were mailed to <strong className="break-words">{email}</strong>. They come if the
            address has no account yet.
          </>
        ) : (
          "Enter your address and the six digits that were mailed to it."
        )}
      </p>
      <Form {...formProps} failure={failure} pending={pending} action="Confirm">
        {email ? (
          <input type="hidden" name="email" value={email} autoComplete="username" />
        ) : (
          <Field
            name="email"
            type="email"
            label="Email"
            autoComplete="username"
            inputMode="email"
            error={errors.email}
          />
        )}
        <Field
          name="code"
          label="Confirmation code"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={12}
          hint={<LocalMailboxHint />}
          error={errors.code}
        />
      </Form>
      <ResendCode email={email} />
    </div>
  );
}

/** @returns whether it worked; if not, the person signs in on the page for it */
async function signInWithPendingPassword(email: string): Promise<boolean> {
  const password = pendingPassword(email);
  if (password !== undefined) {
    try {
      await session.signIn({ email, password });
      forgetPendingAccount();
      return true;
    } catch {
      // The account is confirmed all the same; what is wrong with the password is told where it is asked for.
    }
  }
  markConfirmed(email);
  return false;
}
