import * as brand from "@daybook/core/brand";
import { xml, xmlDocument } from "../../../lib/xml.ts";
import { pictureUrl } from "../metadata.ts";
import type { Feed } from "./feed.ts";
import { type FeedFormat, feedTypes } from "./feed-paths.ts";

type Entry = Feed["entries"][number];

const link = (attributes: Record<string, string>, name = "link") => xml(name, "", attributes);
const rssDate = (moment: string) => new Date(moment).toUTCString();

/** RSS 2.0, with the full text of each post beside its summary. */
function rss({ title, description, page, self, updatedAt, entries }: Feed): string {
  const item = (entry: Entry) =>
    xml("item", [
      xml("title", entry.title),
      xml("link", entry.page),
      xml("guid", entry.url, { isPermaLink: "false" }),
      xml("pubDate", rssDate(entry.publishedAt)),
      xml("dc:creator", entry.author.name),
      ...entry.tags.map((tag) => xml("category", tag)),
      xml("description", entry.excerpt),
      xml("content:encoded", entry.html),
    ]);
  const channel = xml("channel", [
    xml("title", title),
    xml("link", page),
    xml("description", description),
    xml("language", "en"),
    xml("generator", brand.name),
    updatedAt === undefined ? undefined : xml("lastBuildDate", rssDate(updatedAt)),
    link({ rel: "self", type: feedTypes.rss, href: self }, "atom:link"),
    ...entries.map(item),
  ]);
  const namespaces = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
  };
  return xmlDocument(xml("rss", [channel], { version: "2.0", ...namespaces }));
}

/** Atom (RFC 4287). */
function atom({ title, description, page, self, updatedAt, entries }: Feed): string {
  const entryOf = (entry: Entry) =>
    xml("entry", [
      xml("id", entry.url),
      xml("title", entry.title),
      link({ rel: "alternate", type: "text/html", href: entry.page }),
      xml("published", entry.publishedAt),
      xml("updated", entry.revisedAt),
      xml("author", [xml("name", entry.author.name), xml("uri", entry.author.page)]),
      ...entry.tags.map((term) => link({ term }, "category")),
      xml("summary", entry.excerpt),
      xml("content", entry.html, { type: "html" }),
    ]);
  const feed = [
    xml("id", self),
    xml("title", title),
    xml("subtitle", description),
    // `updated` is required, even for a feed without entries.
    xml("updated", updatedAt ?? "1970-01-01T00:00:00Z"),
    xml("generator", brand.name),
    link({ rel: "self", type: feedTypes.atom, href: self }),
    link({ rel: "alternate", type: "text/html", href: page }),
    ...entries.map(entryOf),
  ];
  return xmlDocument(xml("feed", feed, { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": "en" }));
}

/** JSON Feed 1.1. */
function json({ title, description, page, self, entries }: Feed): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title,
    description,
    home_page_url: page,
    feed_url: self,
    language: "en",
    items: entries.map((entry) => ({
      id: entry.url,
      url: entry.page,
      title: entry.title,
      summary: entry.excerpt,
      content_html: entry.html,
      image: entry.cover ? pictureUrl(entry.cover) : undefined,
      date_published: entry.publishedAt,
      date_modified: entry.revisedAt,
      authors: [{ name: entry.author.name, url: entry.author.page }],
      tags: entry.tags,
    })),
  });
}

export const writeFeed: Readonly<Record<FeedFormat, (feed: Feed) => string>> = { rss, atom, json };
