import type { Author } from "@daybook/core/author/author";
import * as brand from "@daybook/core/brand";
import type { Picture } from "@daybook/core/media/media";
import { cardSize } from "@daybook/core/media/media.variants";
import type { PublishedPost } from "@daybook/core/published/published-post";
import type { Metadata } from "next";
import { reading } from "../../copy/reading.ts";
import { siteOrigin } from "../../lib/site-origin.ts";
import { feedFormats, feedPath, feedTypes } from "./feed/feed-paths.ts";
import { listOf, type Scope } from "./scope.ts";

interface Described {
  readonly title: string;
  readonly description: string;
  /** The path of the page; with or without the origin. */
  readonly path: string;
  /** The posts whose feeds the page lists, and a name for these feeds. */
  readonly scope?: Scope;
  readonly feedTitle?: string;
  readonly image?: NonNullable<ReturnType<typeof cardImage>>;
}

/** Metadata of a page for search engines, feed readers and social network cards. */
export function pageMetadata({
  title,
  description,
  path,
  scope = {},
  feedTitle = title,
  image = siteImage(),
}: Described): Metadata {
  const url = new URL(path, siteOrigin()).href;
  return {
    title,
    description,
    alternates: { canonical: url, types: feedTypesOf(feedTitle, scope) },
    openGraph: { title, description, url, siteName: brand.name, type: "website", images: [image] },
    twitter: { card: "summary_large_image", title, description, images: [image] },
  };
}

/** Metadata of a post. Its card shows the cover. */
export function postMetadata(post: PublishedPost): Metadata {
  const { title, excerpt: description, page: path, author, cover } = post;
  const image = (cover && cardImage(cover, post.coverAlt)) ?? siteImage();
  const scope = { author: author.handle };
  const described = pageMetadata({ title, description, path, scope, feedTitle: author.name, image });
  return {
    ...described,
    authors: [{ name: author.name, url: author.page }],
    alternates: { ...described.alternates, canonical: post.canonicalUrl ?? path },
    openGraph: {
      ...described.openGraph,
      type: "article",
      publishedTime: post.publishedAt,
      modifiedTime: post.revisedAt,
      authors: [author.page],
      tags: [...post.tags],
    },
  };
}

/** Metadata of an author page. Its card shows the avatar. */
export function authorMetadata(author: Author): Metadata {
  const { handle, name, bio, avatar } = author;
  const list = listOf({ author: handle }, name);
  const described = pageMetadata({ ...list, description: bio || list.description, scope: { author: handle } });
  const image = avatar && cardImage(avatar, name);
  return {
    ...described,
    openGraph: { ...described.openGraph, type: "profile", username: handle, ...(image && { images: [image] }) },
  };
}

const siteImage = () => ({
  url: `${siteOrigin()}/opengraph-image.png`,
  type: "image/png",
  ...cardSize,
  alt: brand.name,
});

/** Returns the image of a card on social networks, or null for a picture that was uploaded before there were cards. */
const cardImage = ({ card }: Picture, alt: string) => card && { url: card, type: "image/jpeg", ...cardSize, alt };

/** Returns the URL of a picture for search engines and feed readers. */
export const pictureUrl = ({ card, variants }: Picture): string =>
  card ?? variants.findLast(({ type }) => type === "image/webp")?.url ?? "";

/** Lists the feeds of the author or tag first, then those of the whole site. */
function feedTypesOf(title: string, scope: Scope) {
  const entries = feedFormats.map((format) => {
    const name = reading.feedNames[format];
    const own = { url: `${siteOrigin()}${feedPath(format, scope)}`, title: reading.feedOf(title, name) };
    const all = { url: `${siteOrigin()}${feedPath(format)}`, title: reading.feedOf(reading.blogTitle, name) };
    return [feedTypes[format], own.url === all.url ? [all] : [own, all]];
  });
  return Object.fromEntries(entries);
}
