import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
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
 * @param read gets the cursor of the page; undefined for the first page
 */
export function usePaginated<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Paginated<Item> {
  const [items, setItems] = useState<readonly Item[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [isLoading, setLoading] = useState(true);
  /**
   * Number of the latest request. Responses to earlier requests are dropped: with request 2 started, the response of
   * request 1 is ignored.
   */
  const turn = useRef(0);

  const load = useEffectEvent(async (cursor: string | undefined) => {
    turn.current += 1;
    const mine = turn.current;
    setLoading(true);
    try {
      const page = await read(cursor);
      if (mine !== turn.current) return;
      setItems((before) => (cursor === undefined ? page.data : [...(before ?? []), ...page.data]));
      setNext(page.next);
      setError(undefined);
    } catch (failure) {
      if (mine === turn.current && !(reasonOf(failure) instanceof SignedOutError)) setError(failure);
    } finally {
      if (mine === turn.current) setLoading(false);
    }
  });
  const [wanted, want] = useState<{ readonly cursor: string | undefined }>({ cursor: undefined });
  useEffect(() => void load(wanted.cursor), [wanted]);

  const status = items ? "success" : error === undefined ? "pending" : "error";
  return {
    ...{ status, error, items: items ?? [], hasMore: next !== undefined, isLoading },
    more: () => !isLoading && want({ cursor: next }),
    reload: useCallback(() => want({ cursor: undefined }), []),
    change: useCallback((update) => setItems((before) => before && update(before)), []),
  };
}
