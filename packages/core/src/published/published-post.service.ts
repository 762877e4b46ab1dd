import type { Handle } from "../author/author.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.blog.ts";
import type { PostId } from "../ids.ts";
import type { RenderedArticle } from "../markdown/rendered.ts";
import { Problem } from "../problem.ts";
import { findReference } from "./published-post.reference.repository.ts";
import {
  findRenderedAt,
  type ListEntryRecord,
  listPublished,
  type PublishedPostRecord,
} from "./published-post.repository.ts";
import type { Month, Slug, Tag } from "./published-post.ts";

// Exports of this folder's repositories for other features.
export { syncAuthor } from "./author-sync.repository.ts";
export { findCountMark, saveCount } from "./comment-count.repository.ts";
export { findReference, findReferences, type PublishedPostReference } from "./published-post.reference.repository.ts";
export { findAt, type PublishedPostRecord } from "./published-post.repository.ts";
export { deleteWrites, publishWrites, redirectsOf, unpublishWrites } from "./published-post.writes.repository.ts";
export { putRenderedHtml } from "./rendered-html.repository.ts";

/** Renders a post. Called when the post is published. */
export type RenderPost = (post: PublishedPostRecord) => Promise<RenderedArticle>;

/** At most one filter may be set. Without any, all posts are selected. */
interface Filter {
  readonly author?: Handle | undefined;
  readonly tag?: Tag | undefined;
  readonly month?: Month | undefined;
}

/** A published post with its stored HTML, or null. */
export interface RenderedPublishedPost extends PublishedPostRecord {
  readonly rendered: RenderedArticle | null;
}

/**
 * Returns a page of published posts, newest first, in one consistent round trip. @throws validation-failed for a cursor
 * of another list
 */
export async function list({ author, tag, month, ...query }: Filter & PageQuery): Promise<Page<ListEntryRecord>> {
  if (author !== undefined) return listPublished(authorPartition(author), query);
  if (tag !== undefined) return listPublished(tagPartition(tag), query);
  if (month !== undefined) return listPublished(monthPartition(month), query);
  return listPublished(everythingPartition, query);
}

/** Returns a published post in two consistent round trips. @throws post-not-found */
export async function get(postId: PostId): Promise<RenderedPublishedPost> {
  const reference = await findReference(postId);
  if (!reference) throw new Problem("post-not-found");
  return getAt(reference.handle, reference.slug);
}

/**
 * Returns a published post by its current address (one consistent round trip) or by a former one (two). @throws
 * post-not-found
 */
export async function getAt(handle: Handle, slug: Slug): Promise<RenderedPublishedPost> {
  const found = await findRenderedAt(handle, slug);
  const moved = found && "movedTo" in found ? await findRenderedAt(handle, found.movedTo) : found;
  if (!moved || !("post" in moved)) throw new Problem("post-not-found");
  return { ...moved.post, rendered: moved.rendered };
}
