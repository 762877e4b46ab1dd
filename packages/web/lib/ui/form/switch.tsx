import { type ComponentProps, type ReactNode, useId } from "react";

interface SwitchProps extends Omit<ComponentProps<"input">, "id" | "type" | "role" | "onChange" | "className"> {
  readonly checked: boolean;
  onChange(checked: boolean): void;
  readonly label: string;
  readonly hint?: ReactNode;
}

/** A switch that takes effect at once. */
export function Switch({ checked, onChange, label, hint, ...input }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex min-h-control items-center justify-between gap-6">
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
      <span className="relative inline-flex h-6 w-11 shrink-0">
        <input
          {...input}
          id={id}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox exposes its checked state itself.
          role="switch"
          aria-describedby={hint ? `${id}-hint` : undefined}
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 m-0 size-full cursor-pointer appearance-none rounded-full border-[1.5px] border-edge bg-sheet transition-colors checked:border-accent checked:bg-accent hover:border-accent disabled:cursor-default disabled:opacity-60"
        />
        <span className="pointer-events-none relative top-1 left-1 size-4 rounded-full bg-edge transition-transform duration-quick peer-checked:translate-x-5 peer-checked:bg-on-accent" />
      </span>
    </div>
  );
}
