"use client";

import clsx from "clsx";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { common } from "../../../copy/common.ts";
import { useHydrated } from "../../hydrated.ts";
import { Button } from "../button.tsx";
import { Message } from "../message.tsx";

interface FormProps extends ComponentProps<"form"> {
  readonly failure: string | undefined;
  readonly pending: boolean;
  /** The label of the submit button. */
  readonly action: string;
  /** Whether the form is one of several on its page, so that its button is not the page's primary action. */
  readonly oneOfSeveral?: boolean;
  readonly children: ReactNode;
}

/**
 * A form with its error and its submit button. The button is disabled until hydration, and shows that the form is
 * pending.
 */
export function Form({ failure, pending, action, oneOfSeveral = false, children, ...form }: FormProps) {
  const hydrated = useHydrated();
  return (
    <form {...form} className="space-y-5" aria-busy={pending}>
      {failure && <Message kind="error">{failure}</Message>}
      {children}
      <Button
        type="submit"
        look={oneOfSeveral ? "plain" : "primary"}
        disabled={!hydrated}
        aria-disabled={pending}
        className={clsx(!oneOfSeveral && "w-full")}
      >
        {pending ? common.oneMoment : action}
      </Button>
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
