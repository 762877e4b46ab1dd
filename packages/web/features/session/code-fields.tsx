import { useEffect, useRef, useState } from "react";
import { accountWords } from "../../copy/account.ts";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { TextButton } from "../../lib/ui/button.tsx";
import { CodeField } from "../../lib/ui/form/code-field.tsx";
import { Field } from "../../lib/ui/form/field.tsx";

const words = secondFactorWords.step;

interface CodeFieldsProps {
  /** Whether a recovery code is accepted, too. */
  readonly recovery?: boolean | undefined;
  /** Returns to the password. Set if the code is a step of its own, which is then submitted once it is complete. */
  onBack?(): void;
}

/** Asks for the authenticator code, or for a recovery code. */
export function CodeFields({ recovery, onBack }: CodeFieldsProps) {
  const [withRecoveryCode, setWithRecoveryCode] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isStep = onBack !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus each field when it appears
  useEffect(() => {
    if (isStep) field.current?.focus();
  }, [withRecoveryCode]);
  return (
    <div className="flex flex-col gap-3">
      {withRecoveryCode ? (
        <Field
          ref={field}
          name="recoveryCode"
          label={words.recoveryLabel}
          hint={isStep && words.recoveryHint}
          invalid={words.recoveryWrong}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
      ) : (
        <CodeField
          ref={field}
          name="code"
          label={words.label}
          hint={isStep && words.hint}
          invalid={accountWords.appCode.wrong}
          submits={isStep}
        />
      )}
      <div className="flex flex-wrap gap-x-6 gap-y-2 empty:hidden">
        {recovery && (
          <TextButton className="min-h-6" onClick={() => setWithRecoveryCode(!withRecoveryCode)}>
            {withRecoveryCode ? words.useApp : words.useRecovery}
          </TextButton>
        )}
        {isStep && (
          <TextButton className="min-h-6" onClick={onBack}>
            {words.back}
          </TextButton>
        )}
      </div>
    </div>
  );
}
