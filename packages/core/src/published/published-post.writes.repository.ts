import type { Handle } from "../author/author.ts";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.blog.ts";
import { isNew } from "../db/version.ts";
import type { Write, Writes } from "../db/write.ts";
import type { PostId } from "../ids.ts";
import { references } from "./published-post.reference.repository.ts";
import { listEntries, type PublishedPostRecord, publishedPosts, redirects } from "./published-post.repository.ts";
import type { Slug, Tag } from "./published-post.ts";
import { deleteRenderedHtml } from "./rendered-html.repository.ts";

/*
 * Writes of the transaction that publishes, unpublishes or deletes a post. The first write of the transaction is the
 * conditional write of the draft, which guards all others. A write has its own condition only if other requests may
 * write the same item.
 */

/** The fields of a draft that describe its published post. */
interface PublishedState {
  readonly id: PostId;
  readonly handle: Handle | null;
  readonly published: { readonly slug: Slug; readonly tags: readonly Tag[] } | null;
  /** ISO 8601 */
  readonly publishedAt: string | null;
  readonly formerSlugs: readonly Slug[];
}

type Redirecting = Pick<PublishedState, "published" | "formerSlugs">;

/** Maximum number of redirects. It limits the transaction, which rewrites every redirect when the slug changes. */
const redirectsPerPost = 20;

/**
 * Returns the redirects after a change of the slug. Example: a post at `two` has a redirect from `one`. If it moves to
 * `three`, the redirects are `one` and `two`. If it moves back to `one`, the redirect is `two`.
 */
export function redirectsOf({ published, formerSlugs }: Redirecting, slug: Slug): Slug[] {
  const all = published ? [...formerSlugs.filter((each) => each !== published.slug), published.slug] : formerSlugs;
  return all.filter((each) => each !== slug).slice(-redirectsPerPost);
}

/**
 * Publishes a post or a revision. The write of the published post comes first: its condition fails if the address
 * belongs to another post, or if comments were counted since the post was read.
 *
 * @param rendered the write of the HTML
 */
export function publishWrites(before: PublishedState, post: PublishedPostRecord, rendered: Write): Writes {
  const { slug, postId, commentCount, publishedAt, revisedAt, version } = post;
  const { handle } = post.author;
  const stored = { ...post, handle, createdAt: publishedAt, updatedAt: revisedAt, version };
  const moved = before.published?.slug !== slug;
  const redirected = redirectsOf(before, slug);
  const dropped = before.formerSlugs.filter((former) => former !== slug && !redirected.includes(former));
  const entries = entriesOf({ ...post, handle });
  const isCurrent = (former: Entry) =>
    former.publishedAt === publishedAt && entries.some(({ list }) => list === former.list);
  return [
    publishedPosts.put(stored, moved ? isFreeFor(postId) : { postId, commentCount }),
    rendered,
    references.put(stored),
    ...entries.map(({ list }) => listEntries.put({ ...stored, list })),
    ...entriesBefore(before)
      .filter((former) => !isCurrent(former))
      .map((former) => listEntries.delete(former)),
    ...(moved
      ? redirected.map((former) => redirects.put({ ...stored, slug: former, movedTo: slug }, isFreeFor(postId)))
      : []),
    ...(moved && before.published ? [deleteRenderedHtml(handle, before.published.slug)] : []),
    ...dropped.map((former) => freeAddress(handle, former, postId)),
  ];
}

/** Deletes the published post, its HTML, its reference and its list entries. Keeps redirects. */
export function unpublishWrites(post: PublishedState): Write[] {
  const { id, handle, published } = post;
  if (!published || handle === null) return [];
  const { slug } = published;
  return [
    freeAddress(handle, slug, id),
    deleteRenderedHtml(handle, slug),
    references.delete({ postId: id }),
    ...entriesBefore(post).map((entry) => listEntries.delete(entry)),
  ];
}

/** Deletes the published post and its redirects. */
export const deleteWrites = (post: PublishedState): Write[] => {
  const { id, handle, formerSlugs } = post;
  return [
    ...unpublishWrites(post),
    ...(handle === null ? [] : formerSlugs.map((slug) => freeAddress(handle, slug, id))),
  ];
};

/** Identifies a post in a list. */
interface Entry {
  readonly list: string;
  readonly publishedAt: string;
  readonly postId: PostId;
}

/** Returns the entries of a post in all lists that contain it. */
const entriesOf = ({
  tags,
  handle,
  publishedAt,
  postId,
}: Omit<Entry, "list"> & { readonly tags: readonly Tag[]; readonly handle: Handle }): Entry[] =>
  [
    everythingPartition,
    authorPartition(handle),
    monthPartition(publishedAt.slice(0, 7)),
    ...tags.map(tagPartition),
  ].map((list) => ({ list, publishedAt, postId }));

const entriesBefore = ({ id: postId, handle, published, publishedAt }: PublishedState): Entry[] =>
  published && handle !== null && publishedAt !== null
    ? entriesOf({ tags: published.tags, handle, publishedAt, postId })
    : [];

/** The condition that an address is free or belongs to this post. */
const isFreeFor = (postId: PostId) => [isNew, { postId }];

const freeAddress = (handle: Handle, slug: Slug, postId: PostId): Write =>
  redirects.delete({ handle, slug }, isFreeFor(postId));
