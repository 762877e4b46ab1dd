import Link from "next/link";
import type { ComponentProps } from "react";

/** A link within text. */
export const TextLink = (props: ComponentProps<typeof Link>) => (
  <Link
    {...props}
    className="rounded-sm font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
  />
);
