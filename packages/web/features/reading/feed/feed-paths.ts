import { paths } from "../site.ts";

export const feedFormats = ["rss", "atom", "json"] as const;
export type FeedFormat = (typeof feedFormats)[number];

/** The posts in a feed: those of an author, those with a tag, or all. */
export interface FeedScope {
  readonly handle?: string;
  readonly tag?: string;
}

export const feedFiles: Readonly<Record<FeedFormat, string>> = { rss: "feed.xml", atom: "atom.xml", json: "feed.json" };
export const feedTypes: Readonly<Record<FeedFormat, string>> = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
};

export function feedPath(format: FeedFormat, { handle, tag }: FeedScope = {}): string {
  const below = handle !== undefined ? paths.author(handle) : tag !== undefined ? paths.tag(tag) : "";
  return `${below}/${feedFiles[format]}`;
}
