import type { ComponentProps } from "react";
import { LocalLink } from "../../lib/ui/link/local-link.tsx";
import { hrefOf, type UrlState } from "./url-state.ts";

/** A link to another list or filter of the todos page. */
export const UrlStateLink = ({ to, ...props }: Omit<ComponentProps<"a">, "href"> & { to: UrlState }) => (
  <LocalLink {...props} href={hrefOf(to)} />
);
