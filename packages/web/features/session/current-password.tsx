import { accountWords } from "../../copy/account.ts";
import { PasswordField } from "../../lib/ui/form/password-field.tsx";

/** A hidden field that gives password managers the user name on forms that do not ask for it. */
export const KnownEmail = ({ email }: { email: string }) => (
  <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
);

interface CurrentPasswordProps {
  /** The account's email address. Omit it if the form asks for it. */
  readonly email?: string;
  readonly name?: string;
  readonly label?: string;
  readonly error: string | undefined;
}

/** Asks for the password of the account. */
export const CurrentPassword = ({
  email,
  name = "password",
  label = accountWords.password.label,
  error,
}: CurrentPasswordProps) => (
  <>
    {email !== undefined && <KnownEmail email={email} />}
    <PasswordField name={name} label={label} autoComplete="current-password" error={error} />
  </>
);
