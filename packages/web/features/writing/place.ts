import { useSearchParams } from "next/navigation";

/** Where somebody is at their writing desk: what the address of the page says. */
export type DeskPlace =
  | { readonly view: "posts" }
  | { readonly view: "comments" }
  /** @param post the id of a post, or its key in this browser */
  | { readonly view: "post"; readonly post: string };

const path = "/write";
const newPrefix = "new-";

export function deskHref(place: DeskPlace): string {
  if (place.view === "posts") return path;
  const query = new URLSearchParams(place.view === "post" ? { post: place.post } : { view: place.view });
  return `${path}?${query}`;
}

export function deskPlaceOf(query: Pick<URLSearchParams, "get">): DeskPlace {
  const post = query.get("post");
  if (post !== null) return { view: "post", post };
  return { view: query.get("view") === "comments" ? "comments" : "posts" };
}

export const useDeskPlace = (): DeskPlace => deskPlaceOf(useSearchParams());

/** A name for a post that the API does not know yet; it is the idempotency key of its creation, too. */
export const newKey = (): string => newPrefix + crypto.randomUUID();

export const isNewKey = (name: string): boolean => name.startsWith(newPrefix);
