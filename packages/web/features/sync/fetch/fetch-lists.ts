import type { Answer } from "@daybook/core/contract/client";
import { GatewayError } from "@daybook/core/contract/failures";
import type { List } from "@daybook/core/list/list";
import type { Todo } from "@daybook/core/todo/todo";
import type { SyncApi } from "../outbox/send-step.ts";
import type { Fetched } from "../state/server-state.ts";
import type { Page } from "../state/state.ts";

/**
 * An earlier fetch of a collection. Its entity tags avoid downloading unchanged pages: if only page 2 of 3 changed,
 * pages 1 and 3 answer 304.
 */
interface Before<Item> {
  readonly items: readonly Item[];
  readonly pages: readonly Page[];
}

type ListId = Todo["listId"];

export const fetchLists = (api: SyncApi, before: Before<List> | undefined): Promise<Fetched<List>> =>
  fetchPages(before, (cursor, headers) => api.listLists({ query: queryOf(cursor) }, { headers }));

export const fetchTodos = (api: SyncApi, listId: ListId, before: Before<Todo> | undefined): Promise<Fetched<Todo>> =>
  fetchPages(before, (cursor, headers) => api.listTodos({ params: { listId }, query: queryOf(cursor) }, { headers }));

const queryOf = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

type Call<Item> = (cursor: string | undefined, headers: Record<string, string>) => Promise<Answer<Item[]>>;

async function fetchPages<Item extends { readonly id: string }>(
  before: Before<Item> | undefined,
  call: Call<Item>,
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
    const page: Page & { items: Item[] } = await fetchPage(earlier, known, (headers) => call(cursor, headers));
    items.push(...page.items);
    pages.push({ ids: page.ids, etag: page.etag, next: page.next });
    cursor = page.next;
  } while (cursor !== undefined);
  return { items, pages };
}

async function fetchPage<Item extends { readonly id: string }>(
  earlier: Page | undefined,
  known: ReadonlyMap<string, Item>,
  call: (headers: Record<string, string>) => Promise<Answer<Item[]>>,
): Promise<Page & { items: Item[] }> {
  const etag = earlier?.etag;
  const answer = await call(etag === undefined ? {} : { "if-none-match": etag }).catch(unchanged);
  if (!answer && earlier) return { ...earlier, items: earlier.ids.flatMap((id) => known.get(id) ?? []) };
  if (!answer) throw new Error("The API says that nothing has changed, though nothing was known");
  const { data, next } = answer;
  return { ids: data.map(({ id }) => id), etag: answer.etag, next, items: data };
}

/**
 * Treats 304 as "unchanged" and rethrows other errors. The client throws for every status outside 2xx: 304 gives
 * undefined, 503 is rethrown.
 */
function unchanged(error: unknown): undefined {
  if (!(error instanceof GatewayError && error.status === 304)) throw error;
  return undefined;
}
