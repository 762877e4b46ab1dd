import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import type { Handle } from "../author/author.ts";
import type { Write } from "../db/idempotency.ts";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.ts";
import { toAttribute } from "../media/media.picture.ts";
import { EntryItem, PageItem, type PageRecord, RedirectItem } from "./post.page.repository.ts";
import { PublicationItem } from "./post.publication.ts";
import { noRendered } from "./post.rendered.ts";
import { PostBodyItem, PostItem, type PostRecord } from "./post.repository.ts";
import type { Slug, Tag } from "./post.ts";

/*
 * What changes for readers with a post, as the writes of one transaction. The write of the working copy comes first in it, and its condition
 * guards them all; those here have conditions of their own where somebody else may write.
 */

/** More than enough; each of them is written again when the post moves once more. */
const redirectsPerPost = 20;

/** The redirects of a post that moves to another slug. */
export function redirectsOf({ published, formerSlugs }: PostRecord, slug: Slug): Slug[] {
  const all = published ? [...formerSlugs.filter((each) => each !== published.slug), published.slug] : formerSlugs;
  return all.filter((each) => each !== slug).slice(-redirectsPerPost);
}

/**
 * Shows a page to readers. Its own write comes first: when that is refused, the address belongs to another post, or comments were counted
 * since it was read.
 * @param rendered the write of its HTML
 */
export function showWrites(before: PostRecord, page: PageRecord, rendered: Write): [Write, ...Write[]] {
  const { handle } = page.author;
  const moved = before.published?.slug !== page.slug;
  const redirects = redirectsOf(before, page.slug);
  const dropped = before.formerSlugs.filter((slug) => slug !== page.slug && !redirects.includes(slug));
  const tagsBefore = before.published?.tags ?? [];
  return [
    moved ? newPage(page) : replacedPage(page),
    rendered,
    publication(page),
    ...listsOf(page.tags, page).map((list) => entry(list, page)),
    ...tagsBefore.filter((tag) => !page.tags.includes(tag)).map((tag) => noEntry(tagPartition(tag), page)),
    ...(moved ? redirects.map((slug) => redirect(slug, page)) : []),
    ...(moved && before.published ? [noRendered(handle, before.published.slug)] : []),
    ...dropped.map((slug) => nothingAt(handle, slug, page.postId)),
  ];
}

/** Takes from readers what they have of a post. */
export function hideWrites({ id, handle, published, publishedAt }: PostRecord): Write[] {
  if (!published || handle === null || publishedAt === null) return [];
  const { slug, tags } = published;
  return [
    nothingAt(handle, slug, id),
    noRendered(handle, slug),
    PublicationItem.build(DeleteTransaction).key({ postId: id }),
    ...listsOf(tags, { author: { handle }, publishedAt }).map((list) => noEntry(list, { postId: id, publishedAt })),
  ];
}

/** Removes a working copy, and whatever leads to it. */
export function removeWrites(post: PostRecord): [Write, ...Write[]] {
  const { authorId, id, version, formerSlugs, handle } = post;
  return [
    PostItem.build(DeleteTransaction)
      .key({ authorId, id })
      .options({ condition: { attr: "version", eq: version } }),
    PostBodyItem.build(DeleteTransaction).key({ authorId, id }),
    ...hideWrites(post),
    ...(handle === null ? [] : formerSlugs.map((slug) => nothingAt(handle, slug, id))),
  ];
}

/** The lists that a post is in. */
const listsOf = (
  tags: readonly Tag[],
  { author, publishedAt }: { readonly author: { readonly handle: Handle }; readonly publishedAt: string },
): string[] => [
  everythingPartition,
  authorPartition(author.handle),
  monthPartition(publishedAt.slice(0, 7)),
  ...tags.map(tagPartition),
];

const stamp = ({ publishedAt, revisedAt, version }: PageRecord) => ({
  createdAt: publishedAt,
  updatedAt: revisedAt,
  version,
});

function shown({ postId, slug, title, excerpt, tags, cover, ...page }: PageRecord) {
  const { coverAlt, words, publishedAt, revisedAt } = page;
  return {
    ...{ postId, slug, title, excerpt, coverAlt, words, publishedAt, revisedAt },
    tags: [...tags],
    ...(cover && { cover: toAttribute(cover) }),
  };
}

const byline = ({ author: { handle, name, avatar } }: PageRecord) => ({
  ...{ handle, name },
  ...(avatar && { avatar: toAttribute(avatar) }),
});

function putPage(page: PageRecord) {
  const { authorId, author, body, canonicalUrl, comments, commentCount, pictures } = page;
  return PageItem.build(PutTransaction).item({
    ...shown(page),
    ...{ authorId, body, comments, commentCount },
    handle: author.handle,
    author: { ...byline(page), bio: author.bio },
    pictures: pictures.map(toAttribute),
    ...(canonicalUrl !== null && { canonicalUrl }),
    ...stamp(page),
  });
}

/** A free address, or one that led to the same post before. */
const newPage = (page: PageRecord): Write =>
  putPage(page).options({
    condition: {
      or: [
        { attr: "version", exists: false },
        { attr: "postId", eq: page.postId },
      ],
    },
  });

const replacedPage = (page: PageRecord): Write =>
  putPage(page).options({
    condition: {
      and: [
        { attr: "postId", eq: page.postId },
        { attr: "commentCount", eq: page.commentCount },
      ],
    },
  });

const publication = (page: PageRecord): Write => {
  const { postId, authorId, author, slug, title, comments, publishedAt } = page;
  return PublicationItem.build(PutTransaction).item({
    ...{ postId, authorId, slug, title, comments, publishedAt },
    handle: author.handle,
    ...stamp(page),
  });
};

const entry = (list: string, page: PageRecord): Write =>
  EntryItem.build(PutTransaction).item({ ...shown(page), list, author: byline(page), ...stamp(page) });

const noEntry = (list: string, { postId, publishedAt }: Pick<PageRecord, "postId" | "publishedAt">): Write =>
  EntryItem.build(DeleteTransaction).key({ list, publishedAt, postId });

const redirect = (slug: Slug, page: PageRecord): Write =>
  RedirectItem.build(PutTransaction)
    .item({ handle: page.author.handle, slug, postId: page.postId, movedTo: page.slug, ...stamp(page) })
    .options({
      condition: {
        or: [
          { attr: "version", exists: false },
          { attr: "postId", eq: page.postId },
        ],
      },
    });

/** Only the post that an address belongs to can free it. */
const nothingAt = (handle: Handle, slug: Slug, postId: PageRecord["postId"]): Write =>
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
