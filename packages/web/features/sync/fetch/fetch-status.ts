import { findList, type Key, type State } from "../state/state.ts";

/** Loading state of the data that a page shows. */
export type FetchStatus =
  | { readonly status: "pending" | "success" | "missing"; readonly error: undefined }
  | { readonly status: "error"; readonly error: unknown };

/**
 * Errors of failed fetches, by list id or under `lists`. A successful fetch removes its error: two failed fetches of
 * "lst_1" add an entry, and the next success removes it.
 */
export type Failures = ReadonlyMap<string, unknown>;

/**
 * Derives the loading state.
 * @param shown whether data is available. If so, a failed refetch is not reported: yesterday's todos stay visible
 * while the API is down.
 */
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

/**
 * Whether the list exists for the user: on the server or as a pending creation, and without a pending removal.
 * Example: a list created offline is known. After its removal it is missing, although the server still has it.
 */
function isKnown(state: State, list: Key): boolean {
  const key = findList(state, list)?.key ?? list;
  const isOf = (type: string) => state.outbox.some(({ change }) => change.type === type && change.key === key);
  return (findList(state, list) !== undefined || isOf("create-list")) && !isOf("remove-list");
}
