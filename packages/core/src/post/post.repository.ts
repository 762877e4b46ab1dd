import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { BatchGetRequest } from "dynamodb-toolbox/entity/actions/batchGet";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { execute as executeWrites, isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { item, list, map, number, string } from "dynamodb-toolbox/schema";
import { BatchGetCommand, execute } from "dynamodb-toolbox/table/actions/batchGet";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { Handle } from "../author/author.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { type RepeatableRequest, type Write, writeOnce } from "../db/idempotency.ts";
import { postBodyKey, postKey, postPrefix, publishingPartition, publishingSort, userPartition } from "../db/keys.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { itemAttributes, table } from "../db/table.ts";
import { isNew } from "../db/version.ts";
import { MediaId, PostId, UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { deleteWrites } from "../published/published-post.service.ts";
import { Slug, Tag } from "../published/published-post.ts";
import type { Post } from "./post.ts";

/** The draft of a post without its body. */
export const PostItem = new Entity({
  name: "post",
  table,
  timestamps: false,
  schema: item({
    authorId: string().key(),
    id: string().key(),
    state: string().enum("draft", "scheduled", "published"),
    title: string(),
    excerpt: string().optional(),
    slug: string().optional(),
    tags: list(string()),
    coverId: string().optional(),
    coverAlt: string(),
    canonicalUrl: string().optional(),
    comments: string().enum("open", "moderated", "closed"),
    scheduledFor: string().optional(),
    scheduleProblem: string().optional(),
    publishedAt: string().optional(),
    /** Handle in all addresses of the post, set when it is first published. */
    handle: string().optional(),
    /** The published version: its number, slug, tags and media. Missing if the post is not published. */
    published: map({ version: number(), slug: string(), tags: list(string()), mediaIds: list(string()) }).optional(),
    /** Slugs that redirect to the current one, oldest first. */
    formerSlugs: list(string()),
    /** Ids of the uploads that the draft refers to, so that finding unused media needs no bodies. */
    mediaIds: list(string()),
    /** Version of the body item. The two items belong together if both have the same. */
    bodyVersion: number(),
    gsi2pk: string().optional().hidden(),
    gsi2sk: string().optional().hidden(),
    ...itemAttributes,
  }),
  computeKey: ({ authorId, id }) => postKey(UserId.parse(authorId), PostId.parse(id)),
});

export const PostBodyItem = new Entity({
  name: "post-body",
  table,
  timestamps: false,
  schema: item({ authorId: string().key(), id: string().key(), body: string(), ...itemAttributes }),
  computeKey: ({ authorId, id }) => postBodyKey(UserId.parse(authorId), PostId.parse(id)),
});

/** State of the published post. */
export interface Published {
  readonly version: number;
  readonly slug: Slug;
  readonly tags: readonly Tag[];
  readonly mediaIds: readonly MediaId[];
}

/** The draft of a post as stored, without its body. */
export type PostRecord = Omit<Post, "url" | "page" | "changed" | "body"> & {
  readonly authorId: UserId;
  readonly handle: Handle | null;
  readonly published: Published | null;
  readonly formerSlugs: readonly Slug[];
  readonly mediaIds: readonly MediaId[];
  readonly bodyVersion: number;
};
export type WholePostRecord = PostRecord & { readonly body: string };

const toRecord = ({ schemaVersion: _, published, ...post }: FormattedItem<typeof PostItem>): PostRecord => ({
  ...post,
  id: PostId.parse(post.id),
  authorId: UserId.parse(post.authorId),
  excerpt: post.excerpt ?? null,
  slug: post.slug === undefined ? null : Slug.parse(post.slug),
  tags: post.tags.map((tag) => Tag.parse(tag)),
  coverId: post.coverId === undefined ? null : MediaId.parse(post.coverId),
  canonicalUrl: post.canonicalUrl ?? null,
  scheduledFor: post.scheduledFor ?? null,
  scheduleProblem: post.scheduleProblem ?? null,
  publishedAt: post.publishedAt ?? null,
  handle: post.handle === undefined ? null : Handle.parse(post.handle),
  published: published
    ? {
        version: published.version,
        slug: Slug.parse(published.slug),
        tags: published.tags.map((tag) => Tag.parse(tag)),
        mediaIds: published.mediaIds.map((id) => MediaId.parse(id)),
      }
    : null,
  formerSlugs: post.formerSlugs.map((slug) => Slug.parse(slug)),
  mediaIds: post.mediaIds.map((id) => MediaId.parse(id)),
});

/** Returns a post of the author without its body, in one consistent round trip. */
export async function find(authorId: UserId, id: PostId): Promise<PostRecord | undefined> {
  const { Item } = await PostItem.build(GetItemCommand).key({ authorId, id }).options({ consistent: true }).send();
  return Item && toRecord(Item);
}

/** Returns a post of the author with its body. One consistent round trip, and more while the post is being written. */
export async function findWhole(authorId: UserId, id: PostId, attempts = 4): Promise<WholePostRecord | undefined> {
  const command = table
    .build(BatchGetCommand)
    .requests(
      PostItem.build(BatchGetRequest).key({ authorId, id }),
      PostBodyItem.build(BatchGetRequest).key({ authorId, id }),
    )
    .options({ consistent: true });
  const { Responses, UnprocessedKeys = {} } = await execute({ maxAttempts: 3 }, command);
  const [post, text] = Responses[0];
  const isWhole = Object.keys(UnprocessedKeys).length === 0;
  if (isWhole && !post) return undefined;
  // One transaction writes both items, but this read is not one. Another write may come between the two.
  if (isWhole && post && text && post.bodyVersion === text.version) return { ...toRecord(post), body: text.body };
  if (attempts > 1) return findWhole(authorId, id, attempts - 1);
  throw new Problem("temporarily-unavailable", { cause: new Error("A post and its body do not belong together") });
}

/** Returns a page of the author's posts, newest first, in one consistent round trip. */
export async function listOwn(authorId: UserId, { limit, cursor }: PageQuery): Promise<Page<PostRecord>> {
  const cursors = cursorOf(`${authorId}/posts`, PostId);
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // Read one item more than the page holds, so that the last page has no link to an empty page.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(PostItem)
    .query({ partition: userPartition(authorId), range: { beginsWith: postPrefix } })
    .options({
      consistent: true,
      reverse: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: postKey(authorId, after) }),
    })
    .send();
  const items = Items.slice(0, limit).map(toRecord);
  const last = items.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode(last.id) : undefined };
}

/** Returns the ids of the uploads that an author's drafts and published posts use. */
export async function listMediaIds(authorId: UserId): Promise<Set<MediaId>> {
  const used = new Set<string>();
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table
      .build(QueryCommand)
      .entities(PostItem)
      .query({ partition: userPartition(authorId), range: { beginsWith: postPrefix } })
      .options({ consistent: true, entityAttrFilter: false, ...(start && { exclusiveStartKey: start }) })
      .send();
    for (const { mediaIds, published } of Items) {
      for (const id of [...mediaIds, ...(published?.mediaIds ?? [])]) used.add(id);
    }
    start = LastEvaluatedKey;
  } while (start);
  return new Set([...used].map((id) => MediaId.parse(id)));
}

/**
 * Stores a new post in one transaction.
 *
 * @returns the post that the first request with the same idempotency key created
 * @throws idempotency-key-reused, request-in-flight
 */
export async function create(post: WholePostRecord, request: RepeatableRequest | undefined): Promise<WholePostRecord> {
  try {
    return await writeOnce(request, post, [putPost(post), putBody(post)]);
  } catch (error) {
    const reasons = isTransactionCancelled(error) ? (error.CancellationReasons ?? []) : [];
    // The id is new, so the stored item is this post. An earlier attempt wrote it and lost the response.
    if (reasons.at(-2)?.Code !== "ConditionalCheckFailed") throw error;
    return post;
  }
}

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
async function writeFrom(writes: readonly [Write, ...Write[]], refused: Refused = (_, cause) => cause): Promise<void> {
  try {
    await retryTransactionConflicts(() => executeWrites(...writes));
  } catch (error) {
    const reasons = (isTransactionCancelled(error) ? error.CancellationReasons : undefined) ?? [];
    const place = reasons.findIndex(({ Code: code }) => code === "ConditionalCheckFailed");
    if (place === 0) throw new OptimisticLockError({ cause: error });
    throw place > 0 ? refused(place - 1, error) : error;
  }
}

/**
 * Deletes a post and its published post in one transaction. @throws OptimisticLockError when the post has changed since
 * it was read
 */
export async function remove(post: PostRecord): Promise<void> {
  const { authorId, id, version } = post;
  await writeFrom([
    PostItem.build(DeleteTransaction)
      .key({ authorId, id })
      .options({ condition: { attr: "version", eq: version } }),
    PostBodyItem.build(DeleteTransaction).key({ authorId, id }),
    ...deleteWrites(post),
  ]);
}

function putPost(post: PostRecord, before?: PostRecord): Write {
  const { excerpt, slug, coverId, canonicalUrl, scheduledFor, scheduleProblem, publishedAt, ...rest } = post;
  const { id, authorId, state, title, coverAlt, comments, handle, published, bodyVersion, ...stamp } = rest;
  const { createdAt, updatedAt, version } = stamp;
  return PostItem.build(PutTransaction)
    .item({
      ...{ id, authorId, state, title, coverAlt, comments, bodyVersion, createdAt, updatedAt, version },
      tags: [...stamp.tags],
      formerSlugs: [...stamp.formerSlugs],
      mediaIds: [...stamp.mediaIds],
      ...(excerpt !== null && { excerpt }),
      ...(slug !== null && { slug }),
      ...(coverId !== null && { coverId }),
      ...(canonicalUrl !== null && { canonicalUrl }),
      ...(scheduledFor !== null && { scheduledFor, ...dueKeys(scheduledFor, id) }),
      ...(scheduleProblem !== null && { scheduleProblem }),
      ...(publishedAt !== null && { publishedAt }),
      ...(handle !== null && { handle }),
      ...(published && { published: { ...published, tags: [...published.tags], mediaIds: [...published.mediaIds] } }),
    })
    .options({ condition: before ? { attr: "version", eq: before.version } : isNew });
}

const dueKeys = (time: string, id: PostId) => ({
  gsi2pk: publishingPartition(time.slice(0, 10)),
  gsi2sk: publishingSort(time, id),
});

/** Returns the write of the body. It needs no condition: the write of the draft in the same transaction has one. */
const putBody = ({ authorId, id, body, createdAt, updatedAt, bodyVersion }: WholePostRecord): Write =>
  PostBodyItem.build(PutTransaction).item({ authorId, id, body, createdAt, updatedAt, version: bodyVersion });
