"use client";

import clsx from "clsx";
import { createContext, type ReactNode, use, useId } from "react";
import { common } from "../../../copy/common.ts";

/** The errors of a form by field name. `true` means that the schema rejects the value; the field has the text. */
export type FieldErrors = Readonly<Partial<Record<string, string | true>>>;

/** The errors of the surrounding `Form`. */
export const FormErrors = createContext<FieldErrors>({});

export interface FieldFrameProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The error to show. By default, the one that the surrounding `Form` has for this field. */
  readonly error?: string | undefined;
  /** The error when the schema of the surrounding `Form` rejects the value. */
  readonly invalid?: string | undefined;
}

/** Classes of text controls, including their invalid state. */
export const inputShape =
  "block w-full rounded-md border border-edge bg-sheet px-3.5 text-base text-ink transition-colors placeholder:text-muted hover:border-accent aria-invalid:border-danger disabled:opacity-60";

interface Described {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string | undefined;
}

interface OwnProps extends FieldFrameProps {
  readonly name: string | undefined;
  readonly children: (described: Described) => ReactNode;
}

/**
 * The label, error and hint around a control. The child function receives the attributes that associate them with the
 * control.
 */
export function FieldFrame({ label, hint, error, invalid = common.notValid, name = "", children }: OwnProps) {
  const id = useId();
  const found = use(FormErrors)[name];
  const shown = error ?? (found === true ? invalid : found);
  const described = clsx(shown && `${id}-error`, hint && `${id}-hint`);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {children({
        id,
        "aria-invalid": shown ? true : undefined,
        "aria-describedby": described || undefined,
      })}
      {shown && (
        <p id={`${id}-error`} className="mt-1.5 text-sm font-medium text-danger">
          {shown}
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
