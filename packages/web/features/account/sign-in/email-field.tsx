import { accountWords } from "../../../copy/account.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { rememberEmail } from "./pending-account.ts";

interface EmailFieldProps {
  readonly error: string | undefined;
  readonly defaultValue?: string | undefined;
}

/** Asks for the account's email address, and remembers it for the next page. */
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
