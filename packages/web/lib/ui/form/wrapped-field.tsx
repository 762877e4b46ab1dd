"use client";

import clsx from "clsx";
import type { ComponentProps } from "react";
import { FieldFrame, type FieldFrameProps, inputShape } from "./field-frame.tsx";

interface WrappedFieldProps extends FieldFrameProps, Omit<ComponentProps<"textarea">, "id" | "className" | "onChange"> {
  /** @param text without line breaks */
  onChange(text: string): void;
  onEnter?(): void;
}

/**
 * A field for one line of text that wraps, so that all of it is visible. Pasted line breaks become spaces. Browsers
 * without `field-sizing` show one line.
 */
export function WrappedField(props: WrappedFieldProps) {
  const { label, hint, error, invalid, onChange, onEnter, ...area } = props;
  return (
    <FieldFrame label={label} hint={hint} error={error} invalid={invalid} name={area.name}>
      {(described) => (
        <textarea
          rows={1}
          enterKeyHint="done"
          {...area}
          {...described}
          onChange={({ target }) => onChange(target.value.replaceAll(/\s*\n\s*/g, " "))}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onEnter?.();
          }}
          className={clsx(inputShape, "field-sizing-content max-h-60 min-h-control resize-none py-2.5 wrap-anywhere")}
        />
      )}
    </FieldFrame>
  );
}
