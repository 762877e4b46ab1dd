import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

export interface FieldProps extends Omit<ComponentProps<"input">, "id" | "className"> {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value, in words; nothing if it is fine. */
  readonly error?: string | undefined;
}

/** A labelled input; its hint and its error are read out with it. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId();
  const described = clsx(error && `${id}-error`, hint && `${id}-hint`);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        className={clsx(
          "block min-h-12 w-full rounded-lg border bg-sheet px-3.5 text-base text-ink placeholder:text-muted",
          error ? "border-danger" : "border-edge",
        )}
      />
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

/** A message in a box: of something that went wrong (it is read out at once), or just a note. */
export function Message({ kind, children }: { kind: "error" | "note"; children: ReactNode }) {
  const error = kind === "error";
  return (
    <div
      role={error ? "alert" : undefined}
      className={clsx("rounded-lg px-4 py-3", error ? "bg-danger-soft text-danger" : "bg-note-soft text-ink")}
    >
      {children}
    </div>
  );
}
