import clsx from "clsx";
import { type ReactNode, useId } from "react";

export interface FieldFrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The error to show; empty or undefined if the value is valid. */
  readonly error?: string | undefined;
}

/** Classes of text controls, including their invalid state. */
export const inputShape =
  "block w-full rounded-md border border-edge bg-sheet px-3.5 text-base text-ink transition-colors placeholder:text-muted hover:border-accent aria-invalid:border-danger disabled:opacity-60";

interface Described {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
}

/**
 * The label, error and hint around a control. The child function receives the attributes that associate them with the
 * control.
 */
export function FieldFrame({
  label,
  hint,
  error,
  children,
}: FieldFrameProps & { children: (described: Described) => ReactNode }) {
  const id = useId();
  const described = clsx(error && `${id}-error`, hint && `${id}-hint`);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {children({
        id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described || undefined,
      })}
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-sm font-medium text-danger">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
