"use client";

import type { ComponentProps, ReactNode } from "react";
import { useHydrated } from "../hydrated.ts";
import { Button } from "./button.tsx";
import { Message } from "./field.tsx";

interface FormProps extends ComponentProps<"form"> {
  readonly failure: string | undefined;
  readonly pending: boolean;
  /** The name of the button that sends the form. */
  readonly action: string;
  readonly children: ReactNode;
}

/** A form with its fields, what went wrong, and its button, which waits for the page's script and for the answer. */
export function Form({ failure, pending, action, children, ...form }: FormProps) {
  const hydrated = useHydrated();
  return (
    <form {...form} className="space-y-5" aria-busy={pending}>
      {failure && <Message kind="error">{failure}</Message>}
      {children}
      <Button type="submit" look="primary" disabled={!hydrated} aria-disabled={pending} className="w-full">
        {pending ? "One moment…" : action}
      </Button>
    </form>
  );
}
