import type { Comment } from "@daybook/core/comment/comment";

export interface ListPage {
  readonly data: readonly Comment[];
  /** Where the list goes on; nothing at its end. */
  readonly next: string | undefined;
  /** For how many seconds a copy on the way has kept it. */
  readonly ageSeconds: number;
}

interface ListPorts {
  list(cursor: string | undefined): Promise<ListPage>;
  wait(ms: number): Promise<void>;
}

/** So many comments are asked for at most, before somebody wants more. */
const most = 500;
/** A copy that is older may have missed what its page has not; asking for it has it renewed on the way. */
const freshSeconds = 1;
const renewalMs = 1_200;

/** Reads what readers see from a place of the list on, page by page. @throws what the ports throw */
export async function readList(
  { list, wait }: ListPorts,
  from: string | undefined,
): Promise<Omit<ListPage, "ageSeconds">> {
  let page = await list(from);
  if (page.ageSeconds > freshSeconds) {
    await wait(renewalMs);
    page = await list(from);
  }
  const data = [...page.data];
  while (page.next !== undefined && data.length < most) {
    page = await list(page.next);
    data.push(...page.data);
  }
  return { data, next: page.next };
}
