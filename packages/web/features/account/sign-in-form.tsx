"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { isProblem } from "../../lib/problem-words.ts";
import { Field, Message } from "../../lib/ui/field.tsx";
import { Form } from "../../lib/ui/form.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { session } from "../session/browser-session.ts";
import { useSignedInRedirect } from "../session/use-session.ts";
import { accountWords } from "./account-words.ts";
import { confirmedEmail, rememberPendingAccount } from "./pending-account.ts";

/** Signs a person in; one whose account waits for its code is led to where it is asked for. */
export function SignInForm() {
  const router = useRouter();
  const [confirmed] = useState(confirmedEmail);
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.createSession.body,
    words: { email: accountWords.email, password: accountWords.password },
    async send(credentials) {
      try {
        await session.signIn(credentials);
      } catch (error) {
        if (!isProblem(error, "account-unconfirmed")) throw error;
        rememberPendingAccount(credentials);
        router.push("/confirm");
      }
    },
  });
  return (
    <Form {...formProps} failure={failure} pending={pending} action="Sign in">
      {confirmed && <Message kind="note">Your account is confirmed. Sign in to begin.</Message>}
      <Field
        name="email"
        type="email"
        label="Email"
        autoComplete="username"
        inputMode="email"
        defaultValue={confirmed}
        error={errors.email}
      />
      <Field name="password" type="password" label="Password" autoComplete="current-password" error={errors.password} />
    </Form>
  );
}
