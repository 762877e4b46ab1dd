import { accountWords } from "../../copy/account.ts";
import { PasswordField } from "../../lib/ui/form/password-field.tsx";

/** A hidden field that gives password managers the user name on forms that do not ask for it. */
export const KnownEmail = ({ email }: { email: string }) => (
  <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
);

/** The problem of a wrong password, for `useForm`. */
export const passwordProblem = ["password-incorrect", "password", accountWords.changePassword.refused] as const;

interface CurrentPasswordProps {
  /** The account's email address. Omit it if the form asks for it. */
  readonly email?: string;
  readonly name?: string;
  readonly label?: string;
}

/** Asks for the password of the account. */
export const CurrentPassword = ({ email, ...field }: CurrentPasswordProps) => (
  <>
    {email !== undefined && <KnownEmail email={email} />}
    <PasswordField
      name="password"
      label={accountWords.password.label}
      invalid={accountWords.password.missing}
      autoComplete="current-password"
      {...field}
    />
  </>
);
