import { useRef } from "react";
import { flushSync } from "react-dom";
import { accountWords } from "../../copy/account.ts";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { Form, type FormProps } from "../../lib/ui/form/form.tsx";
import { componentOf, onDemand } from "../../lib/ui/on-demand.ts";

const CodeStep = componentOf(
  onDemand(() => import("./code-fields.tsx")),
  (part) => part.CodeFields,
);

/** The problems of the second factor, for `useForm`. */
export const codeProblem = ["second-factor-invalid", "code", accountWords.appCode.refused] as const;
export const recoveryProblem = [
  "recovery-code-invalid",
  "recoveryCode",
  secondFactorWords.step.recoveryRefused,
] as const;

interface FormWithCodeProps extends FormProps {
  /** Whether a recovery code is accepted, too. */
  readonly recovery?: boolean;
}

/**
 * A form that asks for the second factor once the API requires it. Its other fields are hidden then. They keep their
 * values, which are sent again with the code.
 */
export function FormWithCode({ recovery, children, ...props }: FormWithCodeProps) {
  const fields = useRef<HTMLDivElement>(null);
  const { asksForCode, leaveCodeStep } = props.form;
  function askForPassword() {
    flushSync(leaveCodeStep);
    fields.current?.querySelector<HTMLElement>("[autocomplete=current-password]")?.focus();
  }
  return (
    <Form {...props}>
      <div ref={fields} hidden={asksForCode} className="space-y-5">
        {children}
      </div>
      {asksForCode && <CodeStep recovery={recovery} onBack={askForPassword} />}
    </Form>
  );
}
