import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { reasonOf } from "../../lib/request-id.ts";
import { SignedOutError } from "../session/session.ts";

interface Page<Item> {
  readonly data: readonly Item[];
  readonly next: string | undefined;
}

/** A collection of the API that is read a page at a time, on demand. */
export interface Paginated<Item> {
  readonly status: "pending" | "error" | "success";
  readonly error: unknown;
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  more(): void;
  reload(): void;
  /** Changes what is shown, after what was done with it. */
  change(update: (items: readonly Item[]) => readonly Item[]): void;
}

/** @param read gets the cursor of the page, none for the first */
export function usePaginated<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Paginated<Item> {
  const [items, setItems] = useState<readonly Item[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [isLoading, setLoading] = useState(true);
  /** An answer to an older question is dropped. */
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
