import { accountWords } from "../../../copy/account.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import { rememberEmail } from "./pending-account.ts";

/** Asks for the account's email address, and remembers it for the next page. */
export const EmailField = ({ defaultValue }: { defaultValue?: string | undefined }) => (
  <Field
    name="email"
    type="email"
    label={accountWords.email.label}
    invalid={accountWords.email.wrong}
    autoComplete="username"
    inputMode="email"
    autoCapitalize="none"
    spellCheck={false}
    defaultValue={defaultValue}
    onChange={(event) => rememberEmail(event.target.value.trim())}
  />
);
