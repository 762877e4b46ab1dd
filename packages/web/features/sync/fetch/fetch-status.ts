import { findList, type Key, type State } from "../state/state.ts";

/** Loading state of the data that a page shows. */
export type FetchStatus =
  | { readonly status: "pending" | "success" | "missing"; readonly error: undefined }
  | { readonly status: "error"; readonly error: unknown };

/** What could not be fetched, by the id of a list, or under `lists`; it goes when it could. */
export type Failures = ReadonlyMap<string, unknown>;

/** @param shown whether there is something to show: then a failure to fetch it anew is no reason not to */
export function fetchStatusOf(
  state: State,
  failures: Failures,
  { list, shown }: { readonly list?: Key | undefined; readonly shown: boolean },
): FetchStatus {
  const isGone = list !== undefined && state.lists !== undefined && !isKnown(state, list);
  if (isGone) return { status: "missing", error: undefined };
  if (shown) return { status: "success", error: undefined };
  const error =
    failures.get("lists") ?? (list === undefined ? undefined : failures.get(findList(state, list)?.id ?? list));
  return error === undefined ? { status: "pending", error } : { status: "error", error };
}

/** Whether the person has this list: it is on the server, or on its way there; and they have not removed it. */
function isKnown(state: State, list: Key): boolean {
  const key = findList(state, list)?.key ?? list;
  const isOf = (type: string) => state.outbox.some(({ change }) => change.type === type && change.key === key);
  return (findList(state, list) !== undefined || isOf("create-list")) && !isOf("remove-list");
}
