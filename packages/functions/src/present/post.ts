import type { Author, Byline, Handle } from "@daybook/core/author/author";
import type { AuthorRecord } from "@daybook/core/author/author.repository";
import { cleanLine, cleanText } from "@daybook/core/clean-text";
import type { Post, PostEntry } from "@daybook/core/post/post";
import type { PostRecord, WholePostRecord } from "@daybook/core/post/post.repository";
import { readingMinutes } from "@daybook/core/post/prose";
import type { ArchiveMonth, Month, PostSummary, PublishedPost, Slug } from "@daybook/core/published/published-post";
import type { ListEntryRecord } from "@daybook/core/published/published-post.repository";
import type { RenderedPublishedPost } from "@daybook/core/published/published-post.service";
import { resources } from "../resources.ts";
import { presentPicture } from "./present.ts";

/*
 * What readers see is cleaned again, because a text may be older than the rule that the API cleans texts.
 */

/** Returns the URL of an author's page. */
export const authorPage = (handle: Handle) => `${resources.origin()}/@${handle}`;
export const postPage = (handle: Handle, slug: Slug) => `${authorPage(handle)}/${slug}`;

/** Presents an author, without the user id. */
export const presentAuthor = ({ userId: _, ...author }: AuthorRecord): Author => ({
  ...presentByline(author),
  url: `${resources.origin()}/v1/authors/${author.handle}`,
  bio: cleanText(author.bio),
});

const presentByline = ({ handle, name, avatar }: ListEntryRecord["author"]): Byline => ({
  ...{ handle, name: cleanLine(name) },
  page: authorPage(handle),
  avatar: avatar && presentPicture(avatar),
});

/** Presents a post to its author, without storage details. */
export const presentPost = ({ body, ...post }: WholePostRecord): Post => ({ ...presentPostEntry(post), body });

/** Presents a post to its author without its body. */
export const presentPostEntry = ({
  authorId: _,
  bodyVersion: __,
  formerSlugs: ___,
  mediaIds: ____,
  handle,
  published,
  ...post
}: PostRecord): PostEntry => ({
  ...post,
  url: `${resources.origin()}/v1/me/posts/${post.id}`,
  changed: published !== null && published.version !== post.version,
  page: handle !== null && published ? postPage(handle, published.slug) : null,
});

/** Presents a published post in a list. */
export const presentEntry = ({ author, ...entry }: ListEntryRecord): PostSummary => ({
  ...presentSummary(entry, author.handle),
  author: presentByline(author),
});

/** Presents a published post. */
export const presentPublished = ({ author, ...post }: RenderedPublishedPost): PublishedPost => {
  const { body, canonicalUrl, comments, commentCount, pictures, rendered, version } = post;
  return {
    ...presentSummary(post, author.handle),
    ...{ body, canonicalUrl, comments, commentCount, version },
    rendered: rendered && { ...rendered, headings: [...rendered.headings] },
    author: presentAuthor({ ...author, userId: post.authorId }),
    pictures: pictures.map(presentPicture),
  };
};

function presentSummary(post: Omit<ListEntryRecord, "author">, handle: Handle): Omit<PostSummary, "author"> {
  const { postId: id, slug, title, excerpt, tags, cover, coverAlt, words, publishedAt, revisedAt } = post;
  return {
    ...{ id, slug, words, publishedAt, revisedAt },
    ...{ title: cleanLine(title), excerpt: cleanText(excerpt), coverAlt: cleanLine(coverAlt) },
    url: `${resources.origin()}/v1/posts/${id}`,
    page: postPage(handle, slug),
    tags: [...tags],
    cover: cover && presentPicture(cover),
    readingMinutes: readingMinutes(words),
  };
}

export const presentMonth = (month: Month): ArchiveMonth => ({ month, page: `${resources.origin()}/archive/${month}` });
