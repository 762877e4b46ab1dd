import type { Handle } from "../author/author.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.ts";
import type { PostId } from "../ids.ts";
import type { RenderedArticle } from "../markdown/rendered.ts";
import { PostNotFoundError } from "./post.errors.ts";
import { type EntryRecord, findShown, listEntries, type PageRecord } from "./post.page.repository.ts";
import { findPublication } from "./post.publication.ts";
import type { Month, Slug, Tag } from "./post.ts";

/** Whose posts, or which; all of them without any of it. At most one is given. */
interface Filter {
  readonly author?: Handle | undefined;
  readonly tag?: Tag | undefined;
  readonly month?: Month | undefined;
}

/** What readers see of a post, with its HTML where that is stored. */
export interface ShownPage extends PageRecord {
  readonly rendered: RenderedArticle | null;
}

/** A page of published posts, newest first; one consistent round trip. @throws ValidationError for a cursor of another list */
export async function list({ author, tag, month, ...query }: Filter & PageQuery): Promise<Page<EntryRecord>> {
  if (author !== undefined) return listEntries(authorPartition(author), query);
  if (tag !== undefined) return listEntries(tagPartition(tag), query);
  if (month !== undefined) return listEntries(monthPartition(month), query);
  return listEntries(everythingPartition, query);
}

/** A published post; two consistent round trips. @throws PostNotFoundError */
export async function get(postId: PostId): Promise<ShownPage> {
  const publication = await findPublication(postId);
  if (!publication) throw new PostNotFoundError();
  return getAt(publication.handle, publication.slug);
}

/** A published post by its address: one consistent round trip; by a former address: two. @throws PostNotFoundError */
export async function getAt(handle: Handle, slug: Slug): Promise<ShownPage> {
  const found = await findShown(handle, slug);
  const moved = found && "movedTo" in found ? await findShown(handle, found.movedTo) : found;
  if (!moved || !("page" in moved)) throw new PostNotFoundError();
  return { ...moved.page, rendered: moved.rendered };
}
