import { useEffect, useRef, useState } from "react";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { TextButton } from "../../lib/ui/button.tsx";
import { CodeField } from "../../lib/ui/form/code-field.tsx";
import { Field } from "../../lib/ui/form/field.tsx";
import { useSubmitWhenComplete } from "../../lib/ui/form/use-submit-when-complete.ts";

const words = secondFactorWords.step;

interface CodeFieldsProps {
  readonly error: string | undefined;
  /** Set if a recovery code is accepted, too, with its error. */
  readonly recovery?: { readonly error: string | undefined };
  /** Returns to the password. */
  onBack(): void;
}

/** Asks for the authenticator code, which is submitted once complete, or for a recovery code. */
export function CodeFields({ error, recovery, onBack }: CodeFieldsProps) {
  const [withRecoveryCode, setWithRecoveryCode] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submitWhenComplete = useSubmitWhenComplete();
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus each field when it appears
  useEffect(() => field.current?.focus(), [withRecoveryCode]);
  return (
    <div className="space-y-3">
      {withRecoveryCode ? (
        <Field
          ref={field}
          name="recoveryCode"
          label={words.recoveryLabel}
          hint={words.recoveryHint}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={recovery?.error}
        />
      ) : (
        <CodeField
          ref={field}
          name="code"
          label={words.label}
          hint={words.hint}
          error={error}
          onInput={submitWhenComplete}
        />
      )}
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {recovery && (
          <TextButton className="min-h-6" onClick={() => setWithRecoveryCode(!withRecoveryCode)}>
            {withRecoveryCode ? words.useApp : words.useRecovery}
          </TextButton>
        )}
        <TextButton className="min-h-6" onClick={onBack}>
          {words.back}
        </TextButton>
      </div>
    </div>
  );
}
