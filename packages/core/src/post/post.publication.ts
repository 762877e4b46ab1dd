import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { EntityFormatter } from "dynamodb-toolbox/entity/actions/format";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { item, string } from "dynamodb-toolbox/schema";
import { Handle } from "../author/author.ts";
import { publicationKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { TemporarilyUnavailableError } from "../errors.ts";
import { PostId, UserId } from "../ids.ts";
import { Slug } from "./post.ts";

/** Where a published post is found by its id, and what a comment on it must know; written by the transaction that publishes. */
export const PublicationItem = new Entity({
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
  computeKey: ({ postId }) => publicationKey(PostId.parse(postId)),
});

/** That a post is published, and where. */
export interface Publication {
  readonly postId: PostId;
  readonly authorId: UserId;
  readonly handle: Handle;
  readonly slug: Slug;
  readonly title: string;
  readonly comments: "open" | "moderated" | "closed";
  /** ISO 8601 */
  readonly publishedAt: string;
}

const toPublication = (found: FormattedItem<typeof PublicationItem>): Publication => ({
  postId: PostId.parse(found.postId),
  authorId: UserId.parse(found.authorId),
  handle: Handle.parse(found.handle),
  slug: Slug.parse(found.slug),
  title: found.title,
  comments: found.comments,
  publishedAt: found.publishedAt,
});

/** How a post is published, if it is; one consistent round trip. */
export async function findPublication(postId: PostId): Promise<Publication | undefined> {
  const { Item } = await PublicationItem.build(GetItemCommand).key({ postId }).options({ consistent: true }).send();
  return Item && toPublication(Item);
}

/** The same of up to a hundred posts, by their ids; those that are not published are missing. One consistent round trip. */
export async function findPublications(postIds: readonly PostId[]): Promise<ReadonlyMap<PostId, Publication>> {
  const keys = [...new Set(postIds)].map(publicationKey);
  if (keys.length === 0) return new Map();
  const name = table.getName();
  const command = new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } });
  const { Responses, UnprocessedKeys = {} } = await table.getDocumentClient().send(command);
  // What DynamoDB left out must not look as if it did not exist.
  if (Object.keys(UnprocessedKeys).length > 0) {
    throw new TemporarilyUnavailableError({ cause: new Error("BatchGetItem left keys unprocessed") });
  }
  const format = PublicationItem.build(EntityFormatter);
  const found = (Responses?.[name] ?? []).map((each) => toPublication(format.format(each)));
  return new Map(found.map((publication) => [publication.postId, publication]));
}
