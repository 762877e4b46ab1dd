import { useSearchParams } from "next/navigation";

/** The filter: which todos of a list are shown. */
export type Show = "all" | "active" | "completed";

/** URL state of the todos page: the selected list and the filter. */
export interface UrlState {
  /** The id or the key of a list; undefined for the inbox. */
  readonly list?: string | undefined;
  readonly show: Show;
}

const path = "/todos";

export function hrefOf({ list, show }: UrlState): string {
  const query = new URLSearchParams();
  if (list !== undefined) query.set("list", list);
  if (show !== "all") query.set("show", show);
  return query.size === 0 ? path : `${path}?${query}`;
}

export function urlStateOf(query: Pick<URLSearchParams, "get">): UrlState {
  const show = query.get("show");
  return { list: query.get("list") ?? undefined, show: show === "active" || show === "completed" ? show : "all" };
}

export const useUrlState = (): UrlState => urlStateOf(useSearchParams());

/** Changes the URL state without a request to the server, so that it works offline. */
export function goTo(urlState: UrlState, how: "push" | "replace" = "push"): void {
  const href = hrefOf(urlState);
  if (how === "push") history.pushState(null, "", href);
  else history.replaceState(null, "", href);
}
