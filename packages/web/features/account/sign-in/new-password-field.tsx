import { passwordMinLength } from "@daybook/core/account/account.limits";
import { useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { PasswordField } from "../../../lib/ui/form/password-field.tsx";

/** A field for a new password. Its hint shows the rule, and how many characters are missing while the user types. */
export function NewPasswordField({ name, label }: { name: string; label: string }) {
  const [password, setPassword] = useState("");
  return (
    <PasswordField
      name={name}
      label={label}
      invalid={words.wrong}
      autoComplete="new-password"
      minLength={passwordMinLength}
      maxLength={256}
      onChange={(event) => setPassword(event.target.value)}
      hint={ruleFor(password)}
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
