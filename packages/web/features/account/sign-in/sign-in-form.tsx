"use client";

import { accountWords } from "../../../copy/account.ts";
import { publicApi } from "../../../lib/api.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { TextLink } from "../../../lib/ui/link/text-link.tsx";
import { session } from "../../session/browser-session.ts";
import { CurrentPassword } from "../../session/current-password.tsx";
import { FormWithCode } from "../../session/form-with-code.tsx";
import { recoveredSearch } from "../../session/return-path.ts";
import { useSession } from "../../session/use-session.ts";
import { useSignInForm } from "../../session/use-sign-in-form.ts";
import { EmailField } from "./email-field.tsx";
import { News } from "./news.tsx";
import { forgetAccount, markCodeSent, rememberCredentials } from "./pending-account.ts";
import { useSignInStep } from "./use-sign-in-step.ts";

/** Signs the user in. For an unconfirmed account, it sends a new code and opens the confirmation page. */
export function SignInForm() {
  const { router, email, destination } = useSignInStep();
  const { farewell } = useSession();
  const form = useSignInForm({
    leaves: true,
    async send(credentials) {
      if (credentials.recoveryCode !== undefined) destination.current = `/account${recoveredSearch}`;
      try {
        await session.signIn(credentials);
        forgetAccount();
      } catch (error) {
        destination.current = undefined;
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
      <FormWithCode form={form} recovery action={accountWords.signIn.action}>
        <EmailField defaultValue={email ?? farewell?.email} />
        <CurrentPassword />
      </FormWithCode>
      {!form.asksForCode && (
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
