"use client";

import { operations } from "@daybook/core/api";
import { useRouter } from "next/navigation";
import { publicApi } from "../../lib/api.ts";
import { isProblem } from "../../lib/problem-words.ts";
import { Form } from "../../lib/ui/form.tsx";
import { PasswordField } from "../../lib/ui/password-field.tsx";
import { TextLink } from "../../lib/ui/text-link.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { accountWords } from "../../words/account.ts";
import { session } from "../session/browser-session.ts";
import { useSession, useSignedInRedirect } from "../session/use-session.ts";
import { EmailField } from "./email-field.tsx";
import { News } from "./news.tsx";
import { forgetAccount, markCodeSent, rememberCredentials } from "./pending-account.ts";
import { useRememberedEmail } from "./use-remembered-email.ts";

/** Signs a person in; one whose account waits for its code gets a new one, and is led to where it is asked for. */
export function SignInForm() {
  const router = useRouter();
  const { farewell } = useSession();
  const email = useRememberedEmail() ?? farewell?.email;
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.createSession.body,
    words: { email: accountWords.email.wrong, password: accountWords.password.missing },
    leaves: true,
    async send(credentials) {
      try {
        await session.signIn(credentials);
        forgetAccount();
      } catch (error) {
        if (!isProblem(error, "account-unconfirmed")) throw error;
        rememberCredentials(credentials);
        await mailCode(credentials.email);
        router.push("/confirm");
      }
    },
  });
  return (
    <div className="space-y-6">
      <News />
      <Form {...formProps} failure={failure} pending={pending} action={accountWords.signIn.action}>
        <EmailField defaultValue={email} error={errors.email} />
        <PasswordField
          name="password"
          label={accountWords.password.label}
          autoComplete="current-password"
          error={errors.password}
        />
      </Form>
      <p>
        <TextLink href="/forgot">{accountWords.signIn.forgot}</TextLink>
      </p>
    </div>
  );
}

/** Where it does not work, the next page offers to ask for a code at once. */
async function mailCode(email: string): Promise<void> {
  await publicApi.resendConfirmation({ body: { email } }).then(
    () => markCodeSent("confirmation"),
    () => {},
  );
}
