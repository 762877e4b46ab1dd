import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import type { Handle } from "../author/author.ts";
import type { Write } from "../db/idempotency.ts";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.ts";
import { toPictureAttribute } from "../db/picture-attribute.ts";
import type { PostId } from "../ids.ts";
import { PublishedPostReferenceItem } from "./published-post.reference.repository.ts";
import {
  ListEntryItem,
  PublishedPostItem,
  type PublishedPostRecord,
  RedirectItem,
} from "./published-post.repository.ts";
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
export function publishWrites(before: PublishedState, post: PublishedPostRecord, rendered: Write): [Write, ...Write[]] {
  const { handle } = post.author;
  const moved = before.published?.slug !== post.slug;
  const redirects = redirectsOf(before, post.slug);
  const dropped = before.formerSlugs.filter((slug) => slug !== post.slug && !redirects.includes(slug));
  const tagsBefore = before.published?.tags ?? [];
  return [
    moved ? putAtNewAddress(post) : putAtSameAddress(post),
    rendered,
    putReference(post),
    ...listsOf(post.tags, post).map((list) => putListEntry(list, post)),
    ...tagsBefore.filter((tag) => !post.tags.includes(tag)).map((tag) => deleteListEntry(tagPartition(tag), post)),
    ...(moved ? redirects.map((slug) => putRedirect(slug, post)) : []),
    ...(moved && before.published ? [deleteRenderedHtml(handle, before.published.slug)] : []),
    ...dropped.map((slug) => freeAddress(handle, slug, post.postId)),
  ];
}

/** Deletes the published post, its HTML, its reference and its list entries. Keeps redirects. */
export function unpublishWrites({ id, handle, published, publishedAt }: PublishedState): Write[] {
  if (!published || handle === null || publishedAt === null) return [];
  const { slug, tags } = published;
  return [
    freeAddress(handle, slug, id),
    deleteRenderedHtml(handle, slug),
    PublishedPostReferenceItem.build(DeleteTransaction).key({ postId: id }),
    ...listsOf(tags, { author: { handle }, publishedAt }).map((list) =>
      deleteListEntry(list, { postId: id, publishedAt }),
    ),
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

/** Returns the partition keys of the lists that contain a post. */
const listsOf = (
  tags: readonly Tag[],
  { author, publishedAt }: { readonly author: { readonly handle: Handle }; readonly publishedAt: string },
): string[] => [
  everythingPartition,
  authorPartition(author.handle),
  monthPartition(publishedAt.slice(0, 7)),
  ...tags.map(tagPartition),
];

const stamp = ({ publishedAt, revisedAt, version }: PublishedPostRecord) => ({
  createdAt: publishedAt,
  updatedAt: revisedAt,
  version,
});

function shown({ postId, slug, title, excerpt, tags, cover, ...post }: PublishedPostRecord) {
  const { coverAlt, words, publishedAt, revisedAt } = post;
  return {
    ...{ postId, slug, title, excerpt, coverAlt, words, publishedAt, revisedAt },
    tags: [...tags],
    ...(cover && { cover: toPictureAttribute(cover) }),
  };
}

const entryAuthor = ({ author: { handle, name, avatar } }: PublishedPostRecord) => ({
  ...{ handle, name },
  ...(avatar && { avatar: toPictureAttribute(avatar) }),
});

function putPost(post: PublishedPostRecord) {
  const { authorId, author, body, canonicalUrl, comments, commentCount, pictures } = post;
  return PublishedPostItem.build(PutTransaction).item({
    ...shown(post),
    ...{ authorId, body, comments, commentCount },
    handle: author.handle,
    author: { ...entryAuthor(post), bio: author.bio },
    pictures: pictures.map(toPictureAttribute),
    ...(canonicalUrl !== null && { canonicalUrl }),
    ...stamp(post),
  });
}

/** Condition: the address is free or belongs to this post. */
const putAtNewAddress = (post: PublishedPostRecord): Write =>
  putPost(post).options({
    condition: {
      or: [
        { attr: "version", exists: false },
        { attr: "postId", eq: post.postId },
      ],
    },
  });

const putAtSameAddress = (post: PublishedPostRecord): Write =>
  putPost(post).options({
    condition: {
      and: [
        { attr: "postId", eq: post.postId },
        { attr: "commentCount", eq: post.commentCount },
      ],
    },
  });

const putReference = (post: PublishedPostRecord): Write => {
  const { postId, authorId, author, slug, title, comments, publishedAt } = post;
  return PublishedPostReferenceItem.build(PutTransaction).item({
    ...{ postId, authorId, slug, title, comments, publishedAt },
    handle: author.handle,
    ...stamp(post),
  });
};

const putListEntry = (list: string, post: PublishedPostRecord): Write =>
  ListEntryItem.build(PutTransaction).item({ ...shown(post), list, author: entryAuthor(post), ...stamp(post) });

const deleteListEntry = (
  list: string,
  { postId, publishedAt }: Pick<PublishedPostRecord, "postId" | "publishedAt">,
): Write => ListEntryItem.build(DeleteTransaction).key({ list, publishedAt, postId });

const putRedirect = (slug: Slug, post: PublishedPostRecord): Write =>
  RedirectItem.build(PutTransaction)
    .item({ handle: post.author.handle, slug, postId: post.postId, movedTo: post.slug, ...stamp(post) })
    .options({
      condition: {
        or: [
          { attr: "version", exists: false },
          { attr: "postId", eq: post.postId },
        ],
      },
    });

/** Condition: the address belongs to this post. */
const freeAddress = (handle: Handle, slug: Slug, postId: PublishedPostRecord["postId"]): Write =>
  RedirectItem.build(DeleteTransaction)
    .key({ handle, slug })
    .options({
      condition: {
        or: [
          { attr: "version", exists: false },
          { attr: "postId", eq: postId },
        ],
      },
    });
