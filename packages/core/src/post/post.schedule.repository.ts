import { publishingPartition } from "../db/keys.blog.ts";
import { queryPages } from "../db/query.ts";
import type { PostId, UserId } from "../ids.ts";
import { posts } from "./post.repository.ts";

/** A post that is due for publication. */
export interface DuePost {
  readonly authorId: UserId;
  readonly id: PostId;
  /** ISO 8601 */
  readonly time: string;
}

/**
 * Lists the posts scheduled for a day between two times, earliest first, in pages. The index is eventually consistent,
 * so publishing checks the post again.
 *
 * @param day `yyyy-mm-dd` in UTC
 * @param from ISO 8601, inclusive
 * @param to ISO 8601, inclusive
 */
export async function* listDue(day: string, from: string, to: string): AsyncGenerator<DuePost[]> {
  const pages = queryPages({
    index: "gsi2",
    partition: publishingPartition(day),
    // The sort key is the time, `#` and an id; `$` sorts right after `#`.
    sortKey: { between: [from, `${to}$`] },
    limit: 100,
  });
  for await (const { items } of pages) {
    yield items
      .map(posts.read)
      .flatMap(({ authorId, id, scheduledFor: time }) => (time === null ? [] : [{ authorId, id, time }]));
  }
}
