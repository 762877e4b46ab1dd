"use client";

import clsx from "clsx";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { common } from "../../../copy/common.ts";
import { useHydrated } from "../../hydrated.ts";
import { Button } from "../button.tsx";
import { Message } from "../message.tsx";
import { FormErrors } from "./field-frame.tsx";
import type { FormState } from "./use-form.ts";

export interface FormProps {
  /** From `useForm`. */
  readonly form: FormState;
  /** The label of the submit button. */
  readonly action: string;
  /** The look of the submit button: `plain` if the form is one of several on its page. */
  readonly look?: ComponentProps<typeof Button>["look"];
  /** The alternative to submitting, beside the submit button. */
  readonly cancel?: ReactNode;
  readonly children?: ReactNode;
}

/**
 * A form with its errors and its submit button. The button is disabled until hydration, and shows that the form is
 * pending.
 */
export function Form({ form, action, look = "primary", cancel, children }: FormProps) {
  const { formProps, errors, failure, pending } = form;
  const hydrated = useHydrated();
  return (
    <form {...formProps} className="space-y-5" aria-busy={pending}>
      {failure && <Message kind="error">{failure}</Message>}
      <FormErrors value={errors}>{children}</FormErrors>
      <div className={clsx("flex flex-wrap gap-3", cancel && "justify-end")}>
        {cancel}
        <Button
          type="submit"
          look={look}
          disabled={!hydrated}
          aria-disabled={pending || undefined}
          className={clsx(look === "primary" && "w-full")}
        >
          {pending ? common.oneMoment : action}
        </Button>
      </div>
      {pending && <Patience />}
    </form>
  );
}

/** After this many milliseconds, the form says that sending takes longer than usual. */
const slowMs = 4000;

function Patience() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" className="text-center text-sm text-muted">
      {slow && common.slow}
    </p>
  );
}
