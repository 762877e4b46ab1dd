"use client";

import clsx from "clsx";
import type { ComponentProps } from "react";
import { FieldFrame, type FieldFrameProps, inputShape } from "./field-frame.tsx";

/** A text field of several lines. It grows with its content in browsers that support `field-sizing`. */
export function TextArea({
  label,
  hint,
  error,
  invalid,
  ...area
}: FieldFrameProps & Omit<ComponentProps<"textarea">, "id" | "className">) {
  return (
    <FieldFrame label={label} hint={hint} error={error} invalid={invalid} name={area.name}>
      {(described) => (
        <textarea
          rows={3}
          {...area}
          {...described}
          className={clsx(inputShape, "field-sizing-content max-h-96 min-h-24 py-2.5")}
        />
      )}
    </FieldFrame>
  );
}
