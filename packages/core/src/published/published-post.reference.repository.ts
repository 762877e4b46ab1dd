import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { EntityFormatter } from "dynamodb-toolbox/entity/actions/format";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { item, string } from "dynamodb-toolbox/schema";
import { Handle } from "../author/author.ts";
import { publishedPostReferenceKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { PostId, UserId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { Slug } from "./published-post.ts";

/**
 * Maps a post id to the address of the published post, with the settings that a comment needs. The publishing
 * transaction writes it.
 */
export const PublishedPostReferenceItem = new Entity({
  name: "publication",
  table,
  timestamps: false,
  schema: item({
    postId: string().key(),
    authorId: string(),
    handle: string(),
    slug: string(),
    title: string(),
    comments: string().enum("open", "moderated", "closed"),
    publishedAt: string(),
    ...itemAttributes,
  }),
  computeKey: ({ postId }) => publishedPostReferenceKey(PostId.parse(postId)),
});

/** The address of a published post and its comment settings. */
export interface PublishedPostReference {
  readonly postId: PostId;
  readonly authorId: UserId;
  readonly handle: Handle;
  readonly slug: Slug;
  readonly title: string;
  readonly comments: "open" | "moderated" | "closed";
  /** ISO 8601 */
  readonly publishedAt: string;
}

const toReference = (found: FormattedItem<typeof PublishedPostReferenceItem>): PublishedPostReference => ({
  postId: PostId.parse(found.postId),
  authorId: UserId.parse(found.authorId),
  handle: Handle.parse(found.handle),
  slug: Slug.parse(found.slug),
  title: found.title,
  comments: found.comments,
  publishedAt: found.publishedAt,
});

/** Returns the reference of a post, or undefined if it is not published. One consistent round trip. */
export async function findReference(postId: PostId): Promise<PublishedPostReference | undefined> {
  const { Item } = await PublishedPostReferenceItem.build(GetItemCommand)
    .key({ postId })
    .options({ consistent: true })
    .send();
  return Item && toReference(Item);
}

/**
 * Returns the references of up to 100 posts by post id. Omits posts that are not published. One consistent round trip.
 */
export async function findReferences(postIds: readonly PostId[]): Promise<ReadonlyMap<PostId, PublishedPostReference>> {
  const keys = [...new Set(postIds)].map(publishedPostReferenceKey);
  if (keys.length === 0) return new Map();
  const name = table.getName();
  const command = new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } });
  const { Responses, UnprocessedKeys = {} } = await table.getDocumentClient().send(command);
  // An unprocessed key must not look like an unpublished post.
  if (Object.keys(UnprocessedKeys).length > 0) {
    throw new Problem("temporarily-unavailable", { cause: new Error("BatchGetItem left keys unprocessed") });
  }
  const format = PublishedPostReferenceItem.build(EntityFormatter);
  const found = (Responses?.[name] ?? []).map((each) => toReference(format.format(each)));
  return new Map(found.map((reference) => [reference.postId, reference]));
}
