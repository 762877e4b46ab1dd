"use client";

import clsx from "clsx";
import { type InputEvent, useRef } from "react";
import type { FieldProps } from "./field.tsx";
import { FieldFrame, inputShape } from "./field-frame.tsx";

const length = 6;

interface CodeFieldProps extends Omit<FieldProps, "onInput"> {
  /** Whether the last digit submits the form. Each code is submitted once, so the user can correct a refused one. */
  readonly submits?: boolean;
}

/**
 * A field for a code of six digits: one input that phones fill automatically. A pasted code may contain spaces or
 * dashes, which are removed.
 */
export function CodeField({ label, hint, error, invalid, submits = false, ...input }: CodeFieldProps) {
  const sent = useRef("");
  const onInput = ({ currentTarget: field }: InputEvent<HTMLInputElement>) => {
    const digits = field.value.replace(/\D/g, "").slice(0, length);
    if (digits !== field.value) field.value = digits;
    if (!submits || digits.length < length || digits === sent.current) return;
    sent.current = digits;
    field.form?.requestSubmit();
  };
  return (
    <FieldFrame label={label} hint={hint} error={error} invalid={invalid} name={input.name}>
      {(described) => (
        <input
          autoComplete="one-time-code"
          inputMode="numeric"
          {...input}
          {...described}
          onInput={onInput}
          className={clsx(inputShape, "min-h-14 text-2xl! tracking-[0.4em] tabular-nums")}
        />
      )}
    </FieldFrame>
  );
}
