import type { Scope } from "../scope.ts";
import { paths } from "../site.ts";

export const feedFormats = ["rss", "atom", "json"] as const;
export type FeedFormat = (typeof feedFormats)[number];

export const feedFiles: Readonly<Record<FeedFormat, string>> = { rss: "feed.xml", atom: "atom.xml", json: "feed.json" };
export const feedTypes: Readonly<Record<FeedFormat, string>> = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
};

export function feedPath(format: FeedFormat, { author, tag }: Scope = {}): string {
  const below = author ? paths.author(author) : tag ? paths.tag(tag) : "";
  return `${below}/${feedFiles[format]}`;
}
