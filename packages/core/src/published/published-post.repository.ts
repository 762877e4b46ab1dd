import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Author, Handle } from "../author/author.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { entity, type RecordOf } from "../db/entity.ts";
import { listEntryKey, publishedPostKey, publishedPostPartition, renderedHtmlKey } from "../db/keys.blog.ts";
import { StoredPicture } from "../db/picture-attribute.ts";
import { queryOnce, queryPage } from "../db/query.ts";
import type { Item } from "../db/stored-format.ts";
import { documents, tableName } from "../db/table.ts";
import { PostId, UserId } from "../ids.ts";
import type { RenderedArticle } from "../markdown/rendered.ts";
import { PublishedPost, Slug } from "./published-post.ts";
import { renderedHtml, renderedHtmlOf } from "./rendered-html.repository.ts";

/** The author's fields in a list entry. */
const EntryAuthor = Author.pick({ handle: true, name: true }).extend({ avatar: StoredPicture.nullable() });

/** Fields that a published post and its list entries share. */
const Shown = PublishedPost.pick({
  ...{ slug: true, title: true, excerpt: true, tags: true, coverAlt: true, words: true },
  ...{ publishedAt: true, revisedAt: true },
}).extend({ postId: PostId, cover: StoredPicture.nullable(), author: EntryAuthor });

/** The denormalized copy of a post that readers see, stored under its address. */
export const publishedPosts = entity({
  name: "page",
  schema: Shown.extend({
    ...PublishedPost.pick({ body: true, canonicalUrl: true, comments: true, commentCount: true }).shape,
    handle: Handle,
    authorId: UserId,
    author: EntryAuthor.extend({ bio: Author.shape.bio }),
    pictures: z.array(StoredPicture).readonly(),
  }),
  keyFields: ["handle", "slug"],
  keyOf: ({ handle, slug }) => publishedPostKey(handle, slug),
});

/** A redirect from a former address of a post. */
export const redirects = entity({
  name: "redirect",
  schema: z.object({
    handle: Handle,
    slug: Slug,
    postId: PostId,
    /** The current slug of the post. */
    movedTo: Slug,
  }),
  keyFields: ["handle", "slug"],
  keyOf: ({ handle, slug }) => publishedPostKey(handle, slug),
});

/** A published post in one of the lists. */
export const listEntries = entity({
  name: "entry",
  schema: Shown.extend({ list: z.string() }),
  keyFields: ["list", "publishedAt", "postId"],
  keyOf: ({ list, publishedAt, postId }) => listEntryKey(list, publishedAt, postId),
});

/** A published post as stored. Its times are `publishedAt` and `revisedAt`. */
export type PublishedPostRecord = Omit<RecordOf<typeof publishedPosts>, "handle" | "createdAt" | "updatedAt">;

/** A list entry as stored. */
export type ListEntryRecord = Omit<RecordOf<typeof listEntries>, "list" | "createdAt" | "updatedAt">;

/** The item at an address: a published post, or a redirect to its current slug. */
type AtAddress = { readonly post: PublishedPostRecord } | { readonly movedTo: Slug; readonly postId: PostId };

function toAddress(item: Item): AtAddress {
  if (item.entity === publishedPosts.name) return { post: publishedPosts.read(item) };
  const { movedTo, postId } = redirects.read(item);
  return { movedTo, postId };
}

/** Returns the published post or redirect at an address, without the HTML, in one consistent round trip. */
export async function findAt(handle: Handle, slug: Slug): Promise<AtAddress | undefined> {
  const { Item: item } = await documents().send(
    new GetCommand({ TableName: tableName(), Key: publishedPostKey(handle, slug), ConsistentRead: true }),
  );
  return item && toAddress(item);
}

/**
 * Returns the published post or redirect at an address with the stored HTML, in one consistent round trip. `rendered`
 * is null if another renderer version made the HTML.
 */
export async function findRenderedAt(
  handle: Handle,
  slug: Slug,
): Promise<(AtAddress & { readonly rendered: RenderedArticle | null }) | undefined> {
  const { items } = await queryOnce({ partition: publishedPostPartition(handle, slug) });
  const at = items.find(({ sk }) => sk === publishedPostKey(handle, slug).sk);
  const html = items.find(({ sk }) => sk === renderedHtmlKey(handle, slug).sk);
  if (!at) return undefined;
  return { ...toAddress(at), rendered: html ? await renderedHtmlOf(renderedHtml.read(html)) : null };
}

/**
 * Returns a page of a list, newest first, in one consistent round trip. The read is consistent because caches keep its
 * result.
 *
 * @param partition the partition key of the list
 */
export const listPublished = (partition: string, page: PageQuery): Promise<Page<ListEntryRecord>> =>
  queryPage(
    listEntries,
    { partition, reverse: true },
    {
      cursors: cursorOf(partition, z.tuple([z.iso.datetime(), PostId])),
      of: ({ publishedAt, postId }) => [publishedAt, postId],
      keyAt: ([publishedAt, postId]) => listEntryKey(partition, publishedAt, postId),
    },
    page,
  );
