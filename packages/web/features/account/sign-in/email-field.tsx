import { accountWords } from "../../../copy/account.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { rememberEmail } from "./pending-account.ts";

interface EmailFieldProps {
  readonly error: string | undefined;
  readonly defaultValue?: string | undefined;
}

/** The address of an account. The next page that needs it knows what was typed here. */
export const EmailField = ({ error, defaultValue }: EmailFieldProps) => (
  <Field
    name="email"
    type="email"
    label={accountWords.email.label}
    autoComplete="username"
    inputMode="email"
    autoCapitalize="none"
    spellCheck={false}
    defaultValue={defaultValue}
    onChange={(event) => rememberEmail(event.target.value.trim())}
    error={error}
  />
);

/** Tells a password manager whose password the form is about where the page need not ask. */
export const KnownEmail = ({ email }: { email: string }) => (
  <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
);
