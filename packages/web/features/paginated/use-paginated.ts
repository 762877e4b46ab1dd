import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { reasonOf } from "../../lib/request-id.ts";
import { SignedOutError } from "../session/session.ts";

interface Page<Item> {
  readonly data: readonly Item[];
  readonly next: string | undefined;
}

/** A collection of the API that is loaded page by page, on demand. */
export interface Paginated<Item> {
  readonly status: "pending" | "error" | "success";
  readonly error: unknown;
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  more(): void;
  reload(): void;
  /** Updates the shown items after a user action, without fetching. */
  change(update: (items: readonly Item[]) => readonly Item[]): void;
}

/**
 * Loads a collection page by page.
 * @param read an operation of the API that lists items
 */
export function usePaginated<Item>(
  read: (page: { readonly query: { readonly cursor?: string } }) => Promise<Page<Item>>,
): Paginated<Item> {
  const [items, setItems] = useState<readonly Item[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [isLoading, setLoading] = useState(true);
  const [wanted, want] = useState<{ readonly cursor?: string }>({});

  const load = useEffectEvent(async (query: { readonly cursor?: string }, signal: AbortSignal) => {
    setLoading(true);
    try {
      const page = await read({ query });
      if (signal.aborted) return;
      setItems((before) => (query.cursor === undefined ? page.data : [...(before ?? []), ...page.data]));
      setNext(page.next);
      setError(undefined);
    } catch (failure) {
      if (!signal.aborted && !(reasonOf(failure) instanceof SignedOutError)) setError(failure);
    }
    if (!signal.aborted) setLoading(false);
  });
  useEffect(() => {
    // The response to an earlier request is dropped: with page 2 wanted, the response for page 1 is ignored.
    const current = new AbortController();
    void load(wanted, current.signal);
    return () => current.abort();
  }, [wanted]);

  return {
    ...{ status: items ? "success" : error === undefined ? "pending" : "error", error },
    ...{ items: items ?? [], hasMore: next !== undefined, isLoading },
    more: () => !isLoading && next !== undefined && want({ cursor: next }),
    reload: useCallback(() => want({}), []),
    change: useCallback((update) => setItems((before) => before && update(before)), []),
  };
}
