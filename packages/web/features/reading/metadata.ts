import type { Author } from "@daybook/core/author/author";
import type { PictureData } from "@daybook/core/markdown/picture-sources";
import type { PublishedPost } from "@daybook/core/published/published-post";
import type { Metadata } from "next";
import { brand } from "../../brand.ts";
import { reading } from "../../copy/reading.ts";
import { type FeedScope, feedFormats, feedPath, feedTypes } from "./feed/feed-paths.ts";
import { siteOrigin } from "./site.ts";

interface Described {
  readonly title: string;
  readonly description: string;
  /** The path of the page, without the origin. */
  readonly path: string;
  readonly feeds?: FeedScope;
}

/** Metadata of a page for search engines, feed readers and social network cards. */
export function pageMetadata({ title, description, path, feeds = {} }: Described): Metadata {
  const url = `${siteOrigin()}${path}`;
  return {
    title,
    description,
    alternates: { canonical: url, types: feedTypesOf(title, feeds) },
    openGraph: { title, description, url, siteName: brand.name, type: "website", images: [siteImage()] },
    twitter: { card: "summary_large_image", title, description, images: [siteImage()] },
  };
}

/** Metadata of a post. Its card shows the cover. */
export function postMetadata(post: PublishedPost): Metadata {
  const { title, excerpt: description, page: url, author, tags } = post;
  const images = [post.cover ? cardImage(post.cover, post.coverAlt) : siteImage()];
  return {
    title,
    description,
    authors: [{ name: author.name, url: author.page }],
    alternates: { canonical: post.canonicalUrl ?? url, types: feedTypesOf(author.name, author) },
    openGraph: {
      title,
      description,
      url,
      siteName: brand.name,
      type: "article",
      publishedTime: post.publishedAt,
      modifiedTime: post.revisedAt,
      authors: [author.page],
      tags: [...tags],
      images,
    },
    twitter: { card: "summary_large_image", title, description, images },
  };
}

/** Metadata of an author page. Its card shows the avatar. */
export function authorMetadata(author: Author): Metadata {
  const described = pageMetadata({
    title: author.name,
    description: author.bio || reading.postsBy(author.name),
    path: new URL(author.page).pathname,
    feeds: author,
  });
  return {
    ...described,
    openGraph: {
      ...described.openGraph,
      type: "profile",
      username: author.handle,
      ...(author.avatar && { images: [cardImage(author.avatar, author.name)] }),
    },
  };
}

const siteImage = () => ({ url: `${siteOrigin()}/opengraph-image.png`, alt: brand.name });

/** Picks the variant for a social network card, which is about 1,200 pixels wide. */
export function cardImage(picture: PictureData, alt: string) {
  const variants = picture.variants.filter(({ type }) => type === "image/webp");
  const variant = variants.find(({ width }) => width >= 1_200) ?? variants.at(-1);
  const width = variant?.width ?? picture.width;
  return { url: variant?.url ?? "", width, height: Math.round((picture.height * width) / picture.width), alt };
}

/** Lists the feeds of the author or tag first, then those of the whole site. */
function feedTypesOf(title: string, place: FeedScope) {
  const entries = feedFormats.map((format) => {
    const name = reading.feedNames[format];
    const own = { url: `${siteOrigin()}${feedPath(format, place)}`, title: reading.feedOf(title, name) };
    const all = { url: `${siteOrigin()}${feedPath(format)}`, title: reading.feedOf(reading.blogTitle, name) };
    return [feedTypes[format], own.url === all.url ? [all] : [own, all]];
  });
  return Object.fromEntries(entries);
}
