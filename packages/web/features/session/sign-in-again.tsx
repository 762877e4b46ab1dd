import { accountWords } from "../../copy/account.ts";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { TextButton } from "../../lib/ui/button.tsx";
import { Dialog } from "../../lib/ui/overlay/dialog.tsx";
import { showToast } from "../../lib/ui/toast/toast.tsx";
import { session } from "./browser-session.ts";
import { CurrentPassword } from "./current-password.tsx";
import { FormWithCode } from "./form-with-code.tsx";
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
  const form = useSignInForm({
    async send(credentials) {
      await session.signIn(credentials);
      if (credentials.recoveryCode !== undefined)
        showToast({ id: "second-factor", text: secondFactorWords.enrolAgain });
    },
  });
  return (
    <>
      <Dialog required open={open} title={words.title} description={words.text(email)}>
        <FormWithCode form={form} recovery action={words.action}>
          <CurrentPassword email={email} />
        </FormWithCode>
        <TextButton className="mt-4 min-h-6" aria-disabled={leaving} onClick={() => signOut("as-somebody-else")}>
          {words.other}
        </TextButton>
      </Dialog>
      {dialog}
    </>
  );
}
