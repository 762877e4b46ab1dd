import { operations } from "@daybook/core/api";
import { useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { CurrentPassword } from "../../session/current-password.tsx";
import { codeProblem, FormWithCode } from "../../session/form-with-code.tsx";
import { userApi } from "../../session/user-api.ts";
import { Section } from "../section.tsx";
import { NewPasswordField } from "../sign-in/new-password-field.tsx";

const words = accountWords.changePassword;

/** Changes the password, then clears the form. */
export function ChangePassword({ email }: { email: string }) {
  const [changes, setChanges] = useState(0);
  return (
    <Section heading={words.heading}>
      <p className="text-muted">{words.text}</p>
      <PasswordForm key={changes} email={email} onChanged={() => setChanges(changes + 1)} />
    </Section>
  );
}

/** Asks for both passwords. If a second factor is enabled, the form then asks for its code and keeps the passwords. */
function PasswordForm({ email, onChanged }: { email: string; onChanged(): void }) {
  const form = useForm({
    schema: operations.changePassword.body,
    problems: [
      ["password-incorrect", "currentPassword", words.refused],
      ["password-unchanged", "newPassword"],
      ["password-too-weak", "newPassword"],
      codeProblem,
    ],
    codeStep: true,
    async send(body) {
      await userApi.changePassword({ body });
      showToast({ id: "password", text: words.done });
      onChanged();
    },
  });
  return (
    <FormWithCode form={form} look="plain" action={words.action}>
      <CurrentPassword email={email} name="currentPassword" label={words.current} />
      <NewPasswordField name="newPassword" label={accountWords.newPassword.label} />
    </FormWithCode>
  );
}
