"use client";

import { useRouter } from "next/navigation";
import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { Form } from "../../../lib/ui/form/form.tsx";
import { TextLink } from "../../../lib/ui/link/text-link.tsx";
import { session } from "../../session/browser-session.ts";
import { CodeStep } from "../../session/code-step.tsx";
import { CurrentPassword } from "../../session/current-password.tsx";
import { divertReturn, recoveredSearch } from "../../session/return-path.ts";
import { useSession, useSignedInRedirect } from "../../session/use-session.ts";
import { useSignInForm } from "../../session/use-sign-in-form.ts";
import { EmailField } from "./email-field.tsx";
import { News } from "./news.tsx";
import { forgetAccount, markCodeSent, rememberCredentials } from "./pending-account.ts";
import { useRememberedEmail } from "./use-remembered-email.ts";

/** Signs the user in. For an unconfirmed account, it sends a new code and opens the confirmation page. */
export function SignInForm() {
  const router = useRouter();
  const { farewell } = useSession();
  const email = useRememberedEmail() ?? farewell?.email;
  useSignedInRedirect("/todos");
  const { formProps, errors, failure, pending, asksForCode, askForPassword } = useSignInForm({
    leaves: true,
    async send(credentials) {
      const undo = credentials.recoveryCode !== undefined && divertReturn(`/account${recoveredSearch}`);
      try {
        await session.signIn(credentials);
        forgetAccount();
      } catch (error) {
        if (undo) undo();
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
        <div hidden={asksForCode} className="space-y-5">
          <EmailField defaultValue={email} error={errors.email} />
          <CurrentPassword error={errors.password} />
        </div>
        {asksForCode && (
          <CodeStep error={errors.code} recovery={{ error: errors.recoveryCode }} onBack={askForPassword} />
        )}
      </Form>
      {!asksForCode && (
        <p>
          <TextLink href="/forgot">{accountWords.signIn.forgot}</TextLink>
        </p>
      )}
    </div>
  );
}

/** If the email cannot be sent, the next page offers to send it again. */
async function mailCode(email: string): Promise<void> {
  await publicApi.resendConfirmation({ body: { email } }).then(
    () => markCodeSent("confirmation"),
    () => {},
  );
}
