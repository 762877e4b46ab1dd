import { useSearchParams } from "next/navigation";

/** Which todos of a list are shown. */
export type Show = "all" | "active" | "completed";

/** Where a person is among their todos: what the address of the page says. */
export interface Place {
  /** The id or the key of a list; nothing for the inbox. */
  readonly list?: string | undefined;
  readonly show: Show;
}

const path = "/todos";

export function hrefOf({ list, show }: Place): string {
  const query = new URLSearchParams();
  if (list !== undefined) query.set("list", list);
  if (show !== "all") query.set("show", show);
  return query.size === 0 ? path : `${path}?${query}`;
}

export function placeOf(query: Pick<URLSearchParams, "get">): Place {
  const show = query.get("show");
  return { list: query.get("list") ?? undefined, show: show === "active" || show === "completed" ? show : "all" };
}

export const usePlace = (): Place => placeOf(useSearchParams());

/** Goes to another place without asking a server for it: the page is the same, and it may be offline. */
export function goTo(place: Place, how: "push" | "replace" = "push"): void {
  const href = hrefOf(place);
  if (how === "push") history.pushState(null, "", href);
  else history.replaceState(null, "", href);
}
