import type { Handle } from "../author/author.ts";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.blog.ts";
import { inParallel } from "../db/parallel.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import { queryPages } from "../db/query.ts";
import { writeIf } from "../db/write.ts";
import { type ListEntryRecord, listEntries, publishedPosts } from "./published-post.repository.ts";

/** The fields of an author that published posts and list entries copy. */
export interface SyncedAuthor {
  readonly handle: Handle;
  readonly name: string;
  readonly bio: string;
  readonly avatar: StoredPicture | null;
}

const pageSize = 25;
const postsAtOnce = 4;

/**
 * Copies an author's profile to all of their published posts and list entries. Keeps the versions of the posts.
 * Idempotent.
 *
 * @param hasTime checked after each page of posts
 * @param after where the previous run stopped: a sort key in the list of the author's posts
 * @returns where this run stopped, if time ran out; else undefined
 */
export async function syncAuthor(
  author: SyncedAuthor,
  hasTime: () => boolean,
  after?: string,
): Promise<string | undefined> {
  const partition = authorPartition(author.handle);
  const start = after === undefined ? undefined : { pk: partition, sk: after };
  for await (const { items, next } of queryPages({ partition, limit: pageSize, after: start })) {
    await inParallel(items.map(listEntries.read), postsAtOnce, (entry) => syncPost(author, entry));
    if (next && !hasTime()) return String(next.sk);
  }
  return undefined;
}

/** Updates a post and its list entries. Ignores those that were removed in the meantime. */
async function syncPost(author: SyncedAuthor, { postId, slug, publishedAt, tags }: ListEntryRecord): Promise<void> {
  const { handle } = author;
  const lists = [everythingPartition, authorPartition(handle), monthPartition(publishedAt.slice(0, 7))];
  // A redirect has no title.
  const isThere = { title: { exists: true } };
  await Promise.all([
    writeIf(publishedPosts.update({ handle, slug }, { author }, { postId, ...isThere })),
    ...[...lists, ...tags.map(tagPartition)].map((list) =>
      writeIf(listEntries.update({ list, publishedAt, postId }, { author }, isThere)),
    ),
  ]);
}
