import type { ComponentProps, MouseEvent } from "react";
import { goTo, hrefOf, type Place } from "./place.ts";

/** A link to another place among the todos, which works offline as well: it changes the address, and nothing is fetched for it. */
export function PlaceLink({ place, onClick, ...props }: Omit<ComponentProps<"a">, "href"> & { place: Place }) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    goTo(place);
  }
  return <a {...props} href={hrefOf(place)} onClick={follow} />;
}
