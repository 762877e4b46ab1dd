import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps } from "react";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border border-edge bg-sheet text-ink hover:border-accent hover:text-accent",
  quiet: "text-ink hover:bg-wash",
  danger: "bg-danger text-on-accent hover:bg-danger-strong",
};
const shape =
  "inline-flex min-h-control items-center justify-center gap-2 rounded-md px-5 text-base font-semibold transition-colors disabled:opacity-60 aria-disabled:opacity-60";

type Look = { look?: keyof typeof looks };

/** A button. `look` is `primary` for a page's main action and `danger` for destructive actions. */
export function Button({ look = "plain", className, ...props }: ComponentProps<"button"> & Look) {
  return <button type="button" {...props} className={clsx(shape, looks[look], className)} />;
}

/** A link that looks like a button. */
export function ButtonLink({ look = "plain", className, ...props }: ComponentProps<typeof Link> & Look) {
  return <Link {...props} className={clsx(shape, looks[look], className)} />;
}

/** Like `ButtonLink`, for pages that everyone reads: a plain anchor that loads the page in full, as for readers. */
export const PageButtonLink = ({ look = "plain", className, children, ...props }: ComponentProps<"a"> & Look) => (
  <a {...props} className={clsx(shape, looks[look], className)}>
    {children}
  </a>
);

/** A small button within text or a notice. */
export function TextButton({ className, ...props }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      {...props}
      className={clsx(
        "rounded-sm font-semibold text-accent underline underline-offset-4 transition-colors hover:text-accent-strong",
        "disabled:text-muted disabled:no-underline aria-disabled:text-muted aria-disabled:no-underline",
        className,
      )}
    />
  );
}

interface IconButtonProps extends ComponentProps<"button"> {
  readonly label: string;
  /** Whether to use the color of the surrounding element instead of the default color. */
  readonly bare?: boolean;
}

/** A square button with an icon. `label` is its accessible name. */
export function IconButton({ label, bare = false, className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...props}
      className={clsx(
        "grid size-control shrink-0 place-items-center rounded-md transition-colors disabled:opacity-60",
        !bare && "text-muted hover:bg-wash hover:text-ink aria-expanded:bg-wash aria-expanded:text-ink",
        className,
      )}
    />
  );
}
