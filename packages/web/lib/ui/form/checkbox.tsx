import clsx from "clsx";
import { type ChangeEvent, type ComponentProps, useId } from "react";

type BoxProps = Omit<ComponentProps<"input">, "type">;

/** The box without a label: a styled native input, so assistive technology and forms work as usual. */
export const CheckboxBox = ({ className, ...input }: BoxProps) => (
  <span className={clsx("relative grid size-5.5 shrink-0 place-items-center", className)}>
    <input
      {...input}
      type="checkbox"
      className="peer absolute inset-0 m-0 size-full cursor-pointer appearance-none rounded-sm border-[1.5px] border-edge bg-sheet transition-colors checked:border-accent checked:bg-accent print:[print-color-adjust:exact] hover:border-accent disabled:cursor-default disabled:opacity-60"
    />
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className="pointer-events-none relative size-4 stroke-on-accent pen peer-checked:pen-drawn"
      fill="none"
      strokeWidth="2.25"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="m3 8.5 3.2 3.3L13 4" pathLength="1" />
    </svg>
  </span>
);

interface CheckboxProps extends Omit<BoxProps, "onChange"> {
  readonly checked: boolean;
  onChange(checked: boolean): void;
  /** The visible label. Without it, pass `aria-label` or `aria-labelledby`. */
  readonly label?: string;
}

/** A checkbox with an animated check mark. */
export function Checkbox({ onChange, label, className, ...input }: CheckboxProps) {
  const ownId = useId();
  const { id = ownId } = input;
  const change = (event: ChangeEvent<HTMLInputElement>) => onChange(event.target.checked);
  if (label === undefined) return <CheckboxBox {...input} id={id} onChange={change} className={className} />;
  return (
    <span className={clsx("inline-flex min-h-6 items-start gap-3", className)}>
      <CheckboxBox {...input} id={id} onChange={change} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
