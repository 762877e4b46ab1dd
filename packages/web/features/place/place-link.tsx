import type { ComponentProps } from "react";
import { LocalLink } from "../../lib/ui/local-link.tsx";
import { hrefOf, type Place } from "./place.ts";

/** A link to another place among the todos. */
export const PlaceLink = ({ place, ...props }: Omit<ComponentProps<"a">, "href"> & { place: Place }) => (
  <LocalLink {...props} href={hrefOf(place)} />
);
