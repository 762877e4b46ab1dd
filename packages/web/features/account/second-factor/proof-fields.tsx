import { useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { secondFactorWords } from "../../../copy/second-factor.ts";
import { TextButton } from "../../../lib/ui/button.tsx";
import { CodeField } from "../../../lib/ui/form/code-field.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { PasswordField } from "../../../lib/ui/form/password-field.tsx";
import { KnownEmail } from "../sign-in/email-field.tsx";

const words = secondFactorWords.step;

interface ProofFieldsProps {
  readonly email: string;
  readonly errors: Partial<Record<string, string>>;
  /** Whether a recovery code is accepted instead of a code from the app. */
  readonly recovery?: boolean;
}

/**
 * The fields that confirm a sensitive change when a second factor is enabled: the password, and a code from the app or
 * a recovery code.
 */
export function ProofFields({ email, errors, recovery = false }: ProofFieldsProps) {
  const [withRecoveryCode, setWithRecoveryCode] = useState(false);
  return (
    <>
      <KnownEmail email={email} />
      <PasswordField
        name="password"
        label={accountWords.password.label}
        autoComplete="current-password"
        error={errors.password}
      />
      {withRecoveryCode ? (
        <Field
          name="recoveryCode"
          label={words.recoveryLabel}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={errors.recoveryCode}
        />
      ) : (
        <CodeField name="code" label={words.label} error={errors.code} />
      )}
      {recovery && (
        <TextButton className="min-h-6" onClick={() => setWithRecoveryCode(!withRecoveryCode)}>
          {withRecoveryCode ? words.useApp : words.useRecovery}
        </TextButton>
      )}
    </>
  );
}
