import { findList, type Key, type State } from "../state/state.ts";

/** Loading state of the data that a page shows. */
export type FetchStatus =
  | { readonly status: "pending" | "success" | "missing"; readonly error: undefined }
  | { readonly status: "error"; readonly error: unknown };

/** The last error of a fetch, and how many fetches in a row have failed. */
export interface Failure {
  readonly error: unknown;
  readonly count: number;
}

/** Failed fetches, by list id or under `lists`. A successful fetch removes its failure. */
export type Failures = ReadonlyMap<string, Failure>;

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
  const ids = list === undefined ? ["lists"] : ["lists", findList(state, list)?.id ?? list];
  // The first failure is not reported, because the retry after a second usually succeeds.
  const failure = ids.map((id) => failures.get(id)).find((each) => each && each.count > 1);
  return failure ? { status: "error", error: failure.error } : { status: "pending", error: undefined };
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
