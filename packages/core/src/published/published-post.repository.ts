import { QueryCommand as DocumentQueryCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { EntityFormatter } from "dynamodb-toolbox/entity/actions/format";
import { item, list, map, number, string } from "dynamodb-toolbox/schema";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import * as z from "zod";
import { Handle } from "../author/author.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { listEntryKey, publishedPostKey, publishedPostPartition, renderedHtmlKey } from "../db/keys.ts";
import { pictureAttribute, pictureOf, type StoredPicture } from "../db/picture-attribute.ts";
import { itemAttributes, table } from "../db/table.ts";
import { PostId, UserId } from "../ids.ts";
import type { RenderedArticle } from "../markdown/rendered.ts";
import { type PublishedPost, Slug, Tag } from "./published-post.ts";
import { RenderedHtmlItem, renderedHtmlOf } from "./rendered-html.repository.ts";

const entryAuthor = { handle: string(), name: string(), avatar: pictureAttribute().optional() };

/** Fields that a published post and its list entries share. */
const shown = {
  slug: string(),
  title: string(),
  excerpt: string(),
  tags: list(string()),
  cover: pictureAttribute().optional(),
  coverAlt: string(),
  words: number(),
  publishedAt: string(),
  revisedAt: string(),
};

/** The denormalized copy of a post that readers see, stored under its address. */
export const PublishedPostItem = new Entity({
  name: "page",
  table,
  timestamps: false,
  schema: item({
    ...shown,
    handle: string().key(),
    slug: string().key(),
    postId: string(),
    authorId: string(),
    author: map({ ...entryAuthor, bio: string() }),
    body: string(),
    canonicalUrl: string().optional(),
    comments: string().enum("open", "moderated", "closed"),
    /** Maintained by a subscriber. */
    commentCount: number(),
    pictures: list(pictureAttribute()),
    ...itemAttributes,
  }),
  computeKey: ({ handle, slug }) => publishedPostKey(handle, slug),
});

/** A redirect from a former address of a post. */
export const RedirectItem = new Entity({
  name: "redirect",
  table,
  timestamps: false,
  schema: item({
    handle: string().key(),
    slug: string().key(),
    postId: string(),
    /** The current slug of the post. */
    movedTo: string(),
    ...itemAttributes,
  }),
  computeKey: ({ handle, slug }) => publishedPostKey(handle, slug),
});

/** A published post in one of the lists. */
export const ListEntryItem = new Entity({
  name: "entry",
  table,
  timestamps: false,
  schema: item({
    ...shown,
    list: string().key(),
    publishedAt: string().key(),
    postId: string().key(),
    author: map(entryAuthor),
    ...itemAttributes,
  }),
  computeKey: ({ list: partition, publishedAt, postId }) => listEntryKey(partition, publishedAt, PostId.parse(postId)),
});

/** The author's fields in a list entry. */
interface EntryAuthor {
  readonly handle: Handle;
  readonly name: string;
  readonly avatar: StoredPicture | null;
}

interface Shown {
  readonly postId: PostId;
  readonly slug: Slug;
  readonly title: string;
  readonly excerpt: string;
  readonly tags: readonly Tag[];
  readonly cover: StoredPicture | null;
  readonly coverAlt: string;
  readonly words: number;
  /** ISO 8601, like `revisedAt`. */
  readonly publishedAt: string;
  readonly revisedAt: string;
  readonly version: number;
}

/** A published post as stored. */
export interface PublishedPostRecord extends Shown {
  readonly authorId: UserId;
  readonly author: EntryAuthor & { readonly bio: string };
  readonly body: string;
  readonly canonicalUrl: string | null;
  readonly comments: PublishedPost["comments"];
  readonly commentCount: number;
  readonly pictures: readonly StoredPicture[];
}

/** A list entry as stored. */
export interface ListEntryRecord extends Shown {
  readonly author: EntryAuthor;
}

interface StoredShown extends Omit<Shown, "slug" | "tags" | "cover" | "postId"> {
  readonly postId: string;
  readonly slug: string;
  readonly tags: readonly string[];
  readonly cover?: Parameters<typeof pictureOf>[0] | undefined;
}

const toShown = (stored: StoredShown): Shown => {
  const { title, excerpt, coverAlt, words, publishedAt, revisedAt, version } = stored;
  return {
    ...{ title, excerpt, coverAlt, words, publishedAt, revisedAt, version },
    postId: PostId.parse(stored.postId),
    slug: Slug.parse(stored.slug),
    tags: stored.tags.map((tag) => Tag.parse(tag)),
    cover: stored.cover ? pictureOf(stored.cover) : null,
  };
};

const toEntryAuthor = ({ handle, name, avatar }: FormattedItem<typeof ListEntryItem>["author"]): EntryAuthor => ({
  handle: Handle.parse(handle),
  name,
  avatar: avatar ? pictureOf(avatar) : null,
});

const toPublishedPost = (post: FormattedItem<typeof PublishedPostItem>): PublishedPostRecord => ({
  ...toShown(post),
  authorId: UserId.parse(post.authorId),
  author: { ...toEntryAuthor(post.author), bio: post.author.bio },
  body: post.body,
  canonicalUrl: post.canonicalUrl ?? null,
  comments: post.comments,
  commentCount: post.commentCount,
  pictures: post.pictures.map(pictureOf),
});

const toListEntry = (entry: FormattedItem<typeof ListEntryItem>): ListEntryRecord => ({
  ...toShown(entry),
  author: toEntryAuthor(entry.author),
});

/** The item at an address: a published post, or a redirect to its current slug. */
type AtAddress = { readonly post: PublishedPostRecord } | { readonly movedTo: Slug; readonly postId: PostId };

type RawItem = Readonly<Record<string, unknown>>;

function toAddress(stored: RawItem): AtAddress {
  if (stored.entity === "page")
    return { post: toPublishedPost(PublishedPostItem.build(EntityFormatter).format(stored)) };
  const { movedTo, postId } = RedirectItem.build(EntityFormatter).format(stored);
  return { movedTo: Slug.parse(movedTo), postId: PostId.parse(postId) };
}

/** Returns the published post or redirect at an address, without the HTML, in one consistent round trip. */
export async function findAt(handle: Handle, slug: Slug): Promise<AtAddress | undefined> {
  const { Item } = await table
    .getDocumentClient()
    .send(new GetCommand({ TableName: table.getName(), Key: publishedPostKey(handle, slug), ConsistentRead: true }));
  return Item && toAddress(Item);
}

/**
 * Returns the published post or redirect at an address with the stored HTML, in one consistent round trip. `rendered`
 * is null if another renderer version made the HTML.
 */
export async function findRenderedAt(
  handle: Handle,
  slug: Slug,
): Promise<(AtAddress & { readonly rendered: RenderedArticle | null }) | undefined> {
  const { Items = [] } = await table.getDocumentClient().send(
    new DocumentQueryCommand({
      TableName: table.getName(),
      KeyConditionExpression: "pk = :address",
      ExpressionAttributeValues: { ":address": publishedPostPartition(handle, slug) },
      ConsistentRead: true,
    }),
  );
  const at = Items.find(({ sk }) => sk === publishedPostKey(handle, slug).sk);
  const html = Items.find(({ sk }) => sk === renderedHtmlKey(handle, slug).sk);
  if (!at) return undefined;
  return {
    ...toAddress(at),
    rendered: html ? await renderedHtmlOf(RenderedHtmlItem.build(EntityFormatter).format(html)) : null,
  };
}

/**
 * Returns a page of a list, newest first, in one consistent round trip. The read is consistent because caches keep its
 * result.
 *
 * @param partition the partition key of the list
 */
export async function listEntries(partition: string, { limit, cursor }: PageQuery): Promise<Page<ListEntryRecord>> {
  const cursors = cursorOf(partition, z.tuple([z.iso.datetime(), PostId]));
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // Read one item more than the page holds, so that the last page has no link to an empty page.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(ListEntryItem)
    .query({ partition })
    .options({
      consistent: true,
      reverse: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: listEntryKey(partition, ...after) }),
    })
    .send();
  const items = Items.slice(0, limit).map(toListEntry);
  const last = items.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode([last.publishedAt, last.postId]) : undefined };
}
