"use client";

import clsx from "clsx";
import type { ComponentProps } from "react";
import { FieldFrame, type FieldFrameProps, inputShape } from "./field-frame.tsx";

export interface FieldProps extends FieldFrameProps, Omit<ComponentProps<"input">, "id" | "className"> {
  readonly name: string;
}

/** An input with a label. Screen readers announce its hint and error. */
export function Field({ label, hint, error, invalid, ...input }: FieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error} invalid={invalid} name={input.name}>
      {(described) => <input {...input} {...described} className={clsx(inputShape, "min-h-control")} />}
    </FieldFrame>
  );
}
