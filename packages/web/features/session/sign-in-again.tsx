import { accountWords } from "../../copy/account.ts";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { TextButton } from "../../lib/ui/button.tsx";
import { Form } from "../../lib/ui/form/form.tsx";
import { Dialog } from "../../lib/ui/overlay/dialog.tsx";
import { showToast } from "../../lib/ui/toast/toast.tsx";
import { session } from "./browser-session.ts";
import { CodeStep } from "./code-step.tsx";
import { CurrentPassword } from "./current-password.tsx";
import { usePerson } from "./use-session.ts";
import { useSignInForm } from "./use-sign-in-form.ts";
import { useSignOut } from "./use-sign-out.tsx";
import { useTypingPause } from "./use-typing-pause.ts";

const words = accountWords.again;

/**
 * Dialog that asks for the password after the session has ended. The page stays open below, so that no input is lost.
 */
export function SignInAgain() {
  const email = usePerson()?.email ?? "";
  const open = useTypingPause();
  const { signOut, pending: leaving, dialog } = useSignOut();
  const { formProps, errors, failure, pending, asksForCode, askForPassword } = useSignInForm({
    async send(credentials) {
      await session.signIn(credentials);
      if (credentials.recoveryCode !== undefined)
        showToast({ id: "second-factor", text: secondFactorWords.enrolAgain });
    },
  });
  return (
    <>
      <Dialog required open={open} onOpenChange={() => {}} title={words.title} description={words.text(email)}>
        <Form {...formProps} failure={failure} pending={pending} action={words.action}>
          <div hidden={asksForCode}>
            <CurrentPassword email={email} error={errors.password} />
          </div>
          {asksForCode && (
            <CodeStep error={errors.code} recovery={{ error: errors.recoveryCode }} onBack={askForPassword} />
          )}
        </Form>
        <TextButton className="mt-4 min-h-6" aria-disabled={leaving} onClick={() => signOut("as-somebody-else")}>
          {words.other}
        </TextButton>
      </Dialog>
      {dialog}
    </>
  );
}
