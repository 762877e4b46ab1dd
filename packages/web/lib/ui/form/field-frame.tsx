import clsx from "clsx";
import { type ReactNode, useId } from "react";

export interface FieldFrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value, in words; nothing if it is fine. */
  readonly error?: string | undefined;
}

/** How a control to type in looks, right or wrong. */
export const inputShape =
  "block w-full rounded-md border border-edge bg-sheet px-3.5 text-base text-ink transition-colors placeholder:text-muted hover:border-accent aria-invalid:border-danger disabled:opacity-60";

interface Described {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
}

/** What stands around a control: its label, what is wrong with its value, and a hint; the control gets what ties them to it. */
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
