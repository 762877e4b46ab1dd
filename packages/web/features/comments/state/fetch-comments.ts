import type { Comment } from "@daybook/core/comment/comment";

export interface CommentPage {
  readonly data: readonly Comment[];
  /** Cursor of the next page. Undefined at the end of the list. */
  readonly next: string | undefined;
  /** When the page of the list was created, by the server's clock. Milliseconds since the epoch. */
  readonly madeAt: number;
  /** Age of the response in caches, from the `Age` header. Seconds. */
  readonly ageSeconds: number;
}

type Listed = Pick<CommentPage, "data" | "next">;

interface ListPorts {
  list(cursor: string | undefined): Promise<CommentPage>;
  wait(ms: number): Promise<void>;
  /** Called with the current list while a newer one is awaited. */
  meanwhile(listed: Listed): void;
}

/**
 * Maximum number of comments to load before the reader asks for more. The last page may exceed it: after 450, a page
 * of 100 is still added in full.
 */
const most = 500;
/**
 * Maximum age of a response. An older one is requested again, because the request makes the cache revalidate it, which
 * takes a moment. Seconds.
 */
const freshSeconds = 1;
const renewalsMs = [1_200, 1_200, 2_400, 4_800];

/**
 * Loads the visible comments from a position of the list, page by page. Repeats the first request, at most four times,
 * until it gets a fresh copy. Example: a copy of age 40 s is requested again after 1.2 s, and an answer of age 2 s is
 * then fresh, because it was renewed after the first request.
 * @param pageMadeAt when the page was rendered, in milliseconds since the epoch; a list that is older is requested
 * again
 * @throws errors of the ports
 */
export async function fetchComments(
  { list, wait, meanwhile }: ListPorts,
  from: string | undefined,
  pageMadeAt: number,
): Promise<Listed> {
  let page = await list(from);
  let waitedSeconds = 0;
  for (const ms of renewalsMs) {
    const isOlderThanPage = page.madeAt < pageMadeAt;
    // A copy that was renewed after the first request counts as fresh. Example: after 4.8 s of waiting, an age of 5 s
    // is fresh.
    if (!isOlderThanPage && page.ageSeconds <= freshSeconds + waitedSeconds) break;
    if (!isOlderThanPage) meanwhile(page);
    await wait(ms);
    waitedSeconds += ms / 1_000;
    page = await list(from);
  }
  const data = [...page.data];
  while (page.next !== undefined && data.length < most) {
    page = await list(page.next);
    data.push(...page.data);
  }
  return { data, next: page.next };
}
