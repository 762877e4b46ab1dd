import type { Answer } from "@daybook/core/contract/client";
import { GatewayError } from "@daybook/core/contract/failures";
import type { List } from "@daybook/core/list/list";
import type { Todo } from "@daybook/core/todo/todo";
import type { SyncApi } from "../outbox/send-step.ts";
import type { Fetched } from "../state/server-state.ts";
import type { Page } from "../state/state.ts";

type ListId = Todo["listId"];

/**
 * Fetches the lists.
 * @param before an earlier fetch, whose entity tags avoid downloading unchanged pages: if only page 2 of 3 changed,
 * pages 1 and 3 answer 304
 */
export const fetchLists = (api: SyncApi, before: Fetched<List> | undefined): Promise<Fetched<List>> =>
  fetchPages(before, (cursor, headers) => api.listLists({ query: queryOf(cursor) }, { headers }));

/** Fetches the todos of a list, as `fetchLists` does. */
export const fetchTodos = (api: SyncApi, listId: ListId, before: Fetched<Todo> | undefined): Promise<Fetched<Todo>> =>
  fetchPages(before, (cursor, headers) => api.listTodos({ params: { listId }, query: queryOf(cursor) }, { headers }));

const queryOf = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

async function fetchPages<Item extends { readonly id: string }>(
  before: Fetched<Item> | undefined,
  call: (cursor: string | undefined, headers: Record<string, string>) => Promise<Answer<Item[]>>,
): Promise<Fetched<Item>> {
  const known = new Map(before?.items.map((item) => [item.id, item]));
  const pages: Page[] = [];
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const place = pages.length;
    // Use the earlier page only if the cursor is unchanged. Example: page 2 began at cursor "t50" and now begins at
    // "t49", so its entity tag belongs to another page.
    const isSamePlace = place === 0 || before?.pages[place - 1]?.next === cursor;
    const earlier = isSamePlace ? before?.pages[place] : undefined;
    const answer = await call(cursor, earlier?.etag ? { "if-none-match": earlier.etag } : {}).catch(unchanged);
    const page = answer ? { ...answer, ids: answer.data.map(({ id }) => id) } : earlier;
    if (!page) throw new Error("The API says that nothing has changed, though nothing was known");
    items.push(...(answer?.data ?? page.ids.flatMap((id) => known.get(id) ?? [])));
    pages.push({ ids: page.ids, etag: page.etag, next: page.next });
    cursor = page.next;
  } while (cursor !== undefined);
  return { items, pages };
}

/**
 * Treats 304 as "unchanged" and rethrows other errors. The client throws for every status outside 2xx: 304 gives
 * undefined, 503 is rethrown.
 */
function unchanged(error: unknown): undefined {
  if (!(error instanceof GatewayError && error.status === 304)) throw error;
  return undefined;
}
