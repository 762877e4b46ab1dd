import { passwordMinLength } from "@daybook/core/account/account.limits";
import { useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { PasswordField } from "../../../lib/ui/form/password-field.tsx";

interface NewPasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly error: string | undefined;
}

/** A field for a new password. Its hint shows the rule, and how many characters are missing while the user types. */
export function NewPasswordField({ name, label, error }: NewPasswordFieldProps) {
  const [password, setPassword] = useState("");
  return (
    <PasswordField
      name={name}
      label={label}
      autoComplete="new-password"
      minLength={passwordMinLength}
      maxLength={256}
      onChange={(event) => setPassword(event.target.value)}
      hint={ruleFor(password)}
      error={error}
    />
  );
}

const words = accountWords.newPassword;

function ruleFor(password: string): string {
  if (password === "") return words.rule;
  if (/^\s|\s$/.test(password)) return words.spaces;
  const left = passwordMinLength - password.length;
  return left > 0 ? words.left(left) : words.long;
}
