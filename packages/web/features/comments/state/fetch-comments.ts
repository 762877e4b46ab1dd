import type { Comment } from "@daybook/core/comment/comment";

export interface CommentPage {
  readonly data: readonly Comment[];
  /** Where the list goes on; nothing at its end. */
  readonly next: string | undefined;
  /** When it was made, in milliseconds since 1970, by the clock of where it was made. */
  readonly madeAt: number;
  /** For how many seconds a copy on the way has kept it. */
  readonly ageSeconds: number;
}

type Listed = Pick<CommentPage, "data" | "next">;

interface ListPorts {
  list(cursor: string | undefined): Promise<CommentPage>;
  wait(ms: number): Promise<void>;
  /** Told what is known while a newer list is waited for. */
  meanwhile(listed: Listed): void;
}

/** So many comments are asked for at most, before somebody wants more. */
const most = 500;
/** A copy on the way that is older is asked for again: that has it renewed there, which may take a moment. */
const freshSeconds = 1;
const renewalsMs = [1_200, 1_200, 2_400, 4_800];

/**
 * Reads what readers see from a place of the list on, page by page.
 *
 * @param pageMadeAt when the page was made that shows the list, in milliseconds since 1970: no older list overtakes it
 * @throws what the ports throw
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
    // What was renewed since the first request is fresh, however long ago that is by now.
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
