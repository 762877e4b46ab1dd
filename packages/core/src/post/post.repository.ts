import * as z from "zod";
import { Handle } from "../author/author.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { batchGet } from "../db/batch.ts";
import { cursorOf } from "../db/cursor.ts";
import { entity, type RecordOf } from "../db/entity.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { postBodyKey, postKey, postPrefix, publishingPartition, publishingSort } from "../db/keys.blog.ts";
import { userPartition } from "../db/keys.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { queryAll, queryPage } from "../db/query.ts";
import { isNew } from "../db/version.ts";
import { ConditionFailed, transact, type Write, type Writes } from "../db/write.ts";
import { MediaId, PostId, UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { deleteWrites } from "../published/published-post.service.ts";
import { Slug, Tag } from "../published/published-post.ts";
import { Post, PostDefaults } from "./post.ts";

/** The draft of a post without its body. */
export const posts = entity({
  name: "post",
  schema: Post.omit({ url: true, page: true, changed: true, body: true }).extend({
    ...PostDefaults.omit({ body: true }).shape,
    authorId: UserId,
    /** Handle in all addresses of the post, set when it is first published. */
    handle: Handle.nullable(),
    /** The published version: its number, slug, tags and media. Null if the post is not published. */
    published: z
      .object({
        version: z.int(),
        slug: Slug,
        tags: z.array(Tag).readonly(),
        mediaIds: z.array(MediaId).readonly(),
      })
      .nullable(),
    /** Slugs that redirect to the current one, oldest first. */
    formerSlugs: z.array(Slug).readonly(),
    /** Ids of the uploads that the draft refers to, so that finding unused media needs no bodies. */
    mediaIds: z.array(MediaId).readonly(),
    /** Version of the body item. The two items belong together if both have the same. */
    bodyVersion: z.int(),
  }),
  keyFields: ["authorId", "id"],
  keyOf: ({ authorId, id }) => postKey(authorId, id),
});

const bodies = entity({
  name: "post-body",
  schema: Post.pick({ id: true, body: true }).extend({ authorId: UserId }),
  keyFields: ["authorId", "id"],
  keyOf: ({ authorId, id }) => postBodyKey(authorId, id),
});

/** The draft of a post as stored, without its body. */
export type PostRecord = RecordOf<typeof posts>;
export type WholePostRecord = PostRecord & { readonly body: string };

/** Returns a post of the author without its body, in one consistent round trip. */
export const find = (authorId: UserId, id: PostId): Promise<PostRecord | undefined> => posts.get({ authorId, id });

/** Returns a post of the author with its body. One consistent round trip, and more while the post is being written. */
export async function findWhole(authorId: UserId, id: PostId, attempts = 4): Promise<WholePostRecord | undefined> {
  const [post, text] = await batchGet([postKey(authorId, id), postBodyKey(authorId, id)]);
  if (!post) return undefined;
  const whole = text && { ...posts.read(post), body: bodies.read(text).body };
  // One transaction writes both items, but this read is not one. Another write may come between the two.
  if (whole && whole.bodyVersion === text.version) return whole;
  if (attempts > 1) return findWhole(authorId, id, attempts - 1);
  throw new Problem("temporarily-unavailable", { cause: new Error("A post and its body do not belong together") });
}

const ownPosts = (authorId: UserId) => ({
  partition: userPartition(authorId),
  sortKey: { beginsWith: postPrefix },
});

/** Returns a page of the author's posts, newest first, in one consistent round trip. */
export const listOwn = (authorId: UserId, page: PageQuery): Promise<Page<PostRecord>> =>
  queryPage(
    posts,
    { ...ownPosts(authorId), reverse: true },
    {
      cursors: cursorOf(`${authorId}/posts`, PostId),
      of: ({ id }) => id,
      keyAt: (id) => postKey(authorId, id),
    },
    page,
  );

/** Returns the ids of the uploads that an author's drafts and published posts use. */
export async function listMediaIds(authorId: UserId): Promise<Set<MediaId>> {
  const all = await queryAll(posts, ownPosts(authorId));
  return new Set(all.flatMap(({ mediaIds, published }) => [...mediaIds, ...(published?.mediaIds ?? [])]));
}

/**
 * Stores a new post in one transaction.
 *
 * @returns the post that the first request with the same idempotency key created
 * @throws idempotency-key-reused, request-in-flight
 */
export const create = (post: WholePostRecord, request: RepeatableRequest | undefined): Promise<WholePostRecord> =>
  writeOnce(request, post, [putPost(post), putBody(post)]);

/**
 * Stores a changed draft and dependent writes in one transaction.
 *
 * @param others the dependent writes
 * @param refused maps a failed condition of a dependent write to an error
 * @throws OptimisticLockError when the stored version is not that of `before`
 */
export async function save(
  before: PostRecord,
  after: PostRecord | WholePostRecord,
  others: readonly Write[] = [],
  refused?: Refused,
): Promise<void> {
  const body = "body" in after && after.bodyVersion !== before.bodyVersion ? [putBody(after)] : [];
  await writeFrom([putPost(after, before), ...others, ...body], refused);
}

/** Returns the error for a failed condition. `place` is the index of the failed write after that of the draft. */
type Refused = (place: number, cause: unknown) => unknown;

/**
 * Runs a transaction whose first write is that of the draft. @throws OptimisticLockError when the condition of that
 * write fails
 */
async function writeFrom(writes: Writes, refused: Refused = (_, cause) => cause): Promise<void> {
  try {
    await transact(writes);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw error.index === 0 ? new OptimisticLockError({ cause: error }) : refused(error.index - 1, error);
  }
}

/**
 * Deletes a post and its published post in one transaction. @throws OptimisticLockError when the post has changed since
 * it was read
 */
export async function remove(post: PostRecord): Promise<void> {
  await writeFrom([posts.delete(post, { version: post.version }), bodies.delete(post), ...deleteWrites(post)]);
}

function putPost(post: PostRecord, before?: PostRecord): Write {
  const { scheduledFor, id } = post;
  const dueKeys =
    scheduledFor === null
      ? {}
      : {
          gsi2pk: publishingPartition(scheduledFor.slice(0, 10)),
          gsi2sk: publishingSort(scheduledFor, id),
        };
  return posts.put(post, before ? { version: before.version } : isNew, dueKeys);
}

/** Returns the write of the body. It needs no condition: the write of the draft in the same transaction has one. */
const putBody = (post: WholePostRecord): Write => bodies.put({ ...post, version: post.bodyVersion });
