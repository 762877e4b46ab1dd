"use client";

import clsx from "clsx";
import type { InputEvent } from "react";
import type { FieldProps } from "./field.tsx";
import { FieldFrame, inputShape } from "./field-frame.tsx";

/**
 * A field for a numeric code: one input that phones fill automatically. A pasted code may contain spaces or dashes,
 * which are removed.
 */
export function CodeField({ label, hint, error, invalid, length = 6, ...input }: FieldProps & { length?: number }) {
  const keepDigits = (event: InputEvent<HTMLInputElement>) => {
    const field = event.currentTarget;
    const digits = field.value.replace(/\D/g, "").slice(0, length);
    if (digits !== field.value) field.value = digits;
    input.onInput?.(event);
  };
  return (
    <FieldFrame label={label} hint={hint} error={error} invalid={invalid} name={input.name}>
      {(described) => (
        <input
          autoComplete="one-time-code"
          inputMode="numeric"
          {...input}
          {...described}
          onInput={keepDigits}
          className={clsx(inputShape, "min-h-14 text-2xl! tracking-[0.4em] tabular-nums")}
        />
      )}
    </FieldFrame>
  );
}
