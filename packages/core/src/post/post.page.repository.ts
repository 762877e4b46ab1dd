import { QueryCommand as DocumentQueryCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { EntityFormatter } from "dynamodb-toolbox/entity/actions/format";
import { item, list, map, number, string } from "dynamodb-toolbox/schema";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import * as z from "zod";
import { Handle } from "../author/author.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { entryKey, pageKey, pagePartition, renderedKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { PostId, UserId } from "../ids.ts";
import type { RenderedArticle } from "../markdown/rendered.ts";
import { pictureAttribute, pictureOf, type StoredPicture } from "../media/media.picture.ts";
import { RenderedItem, renderedOf } from "./post.rendered.ts";
import { type PublishedPost, Slug, Tag } from "./post.ts";

const byline = { handle: string(), name: string(), avatar: pictureAttribute().optional() };

/** What lists and the page of a post have in common. */
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

/** All that readers see of a post. */
export const PageItem = new Entity({
  name: "page",
  table,
  timestamps: false,
  schema: item({
    ...shown,
    handle: string().key(),
    slug: string().key(),
    postId: string(),
    authorId: string(),
    author: map({ ...byline, bio: string() }),
    body: string(),
    canonicalUrl: string().optional(),
    comments: string().enum("open", "moderated", "closed"),
    /** Kept by a subscriber. */
    commentCount: number(),
    pictures: list(pictureAttribute()),
    ...itemAttributes,
  }),
  computeKey: ({ handle, slug }) => pageKey(handle, slug),
});

/** A former address of a post. */
export const RedirectItem = new Entity({
  name: "redirect",
  table,
  timestamps: false,
  schema: item({
    handle: string().key(),
    slug: string().key(),
    postId: string(),
    /** The slug that it has now. */
    movedTo: string(),
    ...itemAttributes,
  }),
  computeKey: ({ handle, slug }) => pageKey(handle, slug),
});

/** A published post in one of the lists. */
export const EntryItem = new Entity({
  name: "entry",
  table,
  timestamps: false,
  schema: item({
    ...shown,
    list: string().key(),
    publishedAt: string().key(),
    postId: string().key(),
    author: map(byline),
    ...itemAttributes,
  }),
  computeKey: ({ list: partition, publishedAt, postId }) => entryKey(partition, publishedAt, PostId.parse(postId)),
});

/** As much of an author as stands beside what they wrote. */
interface StoredByline {
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
  /** ISO 8601, as is the next. */
  readonly publishedAt: string;
  readonly revisedAt: string;
  readonly version: number;
}

/** What readers see of a post, as it is stored. */
export interface PageRecord extends Shown {
  readonly authorId: UserId;
  readonly author: StoredByline & { readonly bio: string };
  readonly body: string;
  readonly canonicalUrl: string | null;
  readonly comments: PublishedPost["comments"];
  readonly commentCount: number;
  readonly pictures: readonly StoredPicture[];
}

/** What lists show of a post, as it is stored. */
export interface EntryRecord extends Shown {
  readonly author: StoredByline;
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

const toByline = ({ handle, name, avatar }: FormattedItem<typeof EntryItem>["author"]): StoredByline => ({
  handle: Handle.parse(handle),
  name,
  avatar: avatar ? pictureOf(avatar) : null,
});

const toPage = (page: FormattedItem<typeof PageItem>): PageRecord => ({
  ...toShown(page),
  authorId: UserId.parse(page.authorId),
  author: { ...toByline(page.author), bio: page.author.bio },
  body: page.body,
  canonicalUrl: page.canonicalUrl ?? null,
  comments: page.comments,
  commentCount: page.commentCount,
  pictures: page.pictures.map(pictureOf),
});

const toEntry = (entry: FormattedItem<typeof EntryItem>): EntryRecord => ({
  ...toShown(entry),
  author: toByline(entry.author),
});

/** What is at an address: the page of a post, or where it is found now. */
type AtAddress = { readonly page: PageRecord } | { readonly movedTo: Slug; readonly postId: PostId };

type RawItem = Readonly<Record<string, unknown>>;

function toAddress(stored: RawItem): AtAddress {
  if (stored.entity === "page") return { page: toPage(PageItem.build(EntityFormatter).format(stored)) };
  const { movedTo, postId } = RedirectItem.build(EntityFormatter).format(stored);
  return { movedTo: Slug.parse(movedTo), postId: PostId.parse(postId) };
}

/** What is at an address, without its HTML; one consistent round trip. */
export async function findPage(handle: Handle, slug: Slug): Promise<AtAddress | undefined> {
  const { Item } = await table
    .getDocumentClient()
    .send(new GetCommand({ TableName: table.getName(), Key: pageKey(handle, slug), ConsistentRead: true }));
  return Item && toAddress(Item);
}

/** The same with the stored HTML of the page, which is none where an older renderer has made it; one consistent round trip. */
export async function findShown(
  handle: Handle,
  slug: Slug,
): Promise<(AtAddress & { readonly rendered: RenderedArticle | null }) | undefined> {
  const { Items = [] } = await table.getDocumentClient().send(
    new DocumentQueryCommand({
      TableName: table.getName(),
      KeyConditionExpression: "pk = :address",
      ExpressionAttributeValues: { ":address": pagePartition(handle, slug) },
      ConsistentRead: true,
    }),
  );
  const at = Items.find(({ sk }) => sk === pageKey(handle, slug).sk);
  const html = Items.find(({ sk }) => sk === renderedKey(handle, slug).sk);
  if (!at) return undefined;
  return {
    ...toAddress(at),
    rendered: html ? await renderedOf(RenderedItem.build(EntityFormatter).format(html)) : null,
  };
}

/**
 * A page of a list, newest first; one consistent round trip. What is read here is kept in caches, so it must be what is there.
 *
 * @param partition the key of the list
 */
export async function listEntries(partition: string, { limit, cursor }: PageQuery): Promise<Page<EntryRecord>> {
  const cursors = cursorOf(partition, z.tuple([z.iso.datetime(), PostId]));
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // One more than the page holds, so that its last page has no link to an empty one.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(EntryItem)
    .query({ partition })
    .options({
      consistent: true,
      reverse: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: entryKey(partition, ...after) }),
    })
    .send();
  const items = Items.slice(0, limit).map(toEntry);
  const last = items.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode([last.publishedAt, last.postId]) : undefined };
}
