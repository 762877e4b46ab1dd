import * as brand from "@daybook/core/brand";
import clsx from "clsx";

/**
 * The logo's mark: a ruled page with a red margin and a check mark. After a change, run `npm run icons`, which draws
 * all icons from it.
 */
export const Mark = ({ className }: { className?: string }) => (
  <svg aria-hidden="true" viewBox="0 0 32 32" className={clsx("shrink-0", className)} fill="none">
    <rect x="3" y="1.5" width="26" height="29" rx="3.5" className="fill-accent" />
    <path d="M10 9h19M10 16h19M10 23h19" className="stroke-on-accent" strokeOpacity="0.22" />
    <path d="M9.5 1.5v29" strokeWidth="2" className="stroke-margin" />
    <path
      d="m13.5 16.5 4 4.2L25 10.5"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="stroke-on-accent"
    />
  </svg>
);

/** The mark with the product's name. */
export const Logo = ({ className }: { className?: string }) => (
  <span className={clsx("inline-flex items-center gap-2.5 font-serif text-2xl font-medium tracking-tight", className)}>
    <Mark className="size-7" />
    {brand.name}
  </span>
);
