"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { FieldFrame, type FieldFrameProps, inputShape } from "./field-frame.tsx";

/** A native select, which phones show in their own way. */
export function Select({
  label,
  hint,
  error,
  invalid,
  children,
  ...select
}: FieldFrameProps & Omit<ComponentProps<"select">, "id" | "className">) {
  return (
    <FieldFrame label={label} hint={hint} error={error} invalid={invalid} name={select.name}>
      {(described) => (
        <div className="relative">
          <select {...select} {...described} className={clsx(inputShape, "min-h-control appearance-none pr-10")}>
            {children}
          </select>
          <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3 size-5 -translate-y-1/2" />
        </div>
      )}
    </FieldFrame>
  );
}
