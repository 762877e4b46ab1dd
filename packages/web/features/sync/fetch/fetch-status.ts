/** Loading state of the data that a page shows. */
type FetchStatus =
  | { readonly status: "pending" | "success"; readonly error: undefined }
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
 * @param data what is shown, undefined before the first fetch. With data, a failed refetch is not reported: yesterday's
 * todos stay visible while the API is down.
 * @param ids the fetches that the data needs
 */
export function fetchStatusOf(data: unknown, failures: Failures, ...ids: readonly string[]): FetchStatus {
  if (data !== undefined) return { status: "success", error: undefined };
  // The first failure is not reported, because the retry after a second usually succeeds.
  const failure = ids.map((id) => failures.get(id)).find((each) => each && each.count > 1);
  return failure ? { status: "error", error: failure.error } : { status: "pending", error: undefined };
}
