import { useEffect, useRef } from "react";
import { TextButton } from "../../lib/ui/button.tsx";
import { CodeField } from "../../lib/ui/code-field.tsx";
import { useSubmitWhenComplete } from "../../lib/ui/use-submit-when-complete.ts";
import { secondFactorWords } from "../../words/second-factor.ts";

const words = secondFactorWords.step;

export interface CodeStepProps {
  readonly error: string | undefined;
  /** Leads back to the password. */
  onBack(): void;
}

/** Asks for the code of the app, which is sent as soon as it is complete. */
export function LoadedCodeStep({ error, onBack }: CodeStepProps) {
  const field = useRef<HTMLInputElement>(null);
  const submitWhenComplete = useSubmitWhenComplete();
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="space-y-3">
      <CodeField
        ref={field}
        name="code"
        label={words.label}
        hint={words.hint}
        error={error}
        onInput={submitWhenComplete}
      />
      <TextButton className="min-h-6" onClick={onBack}>
        {words.back}
      </TextButton>
    </div>
  );
}
