import { readFileSync } from "node:fs";
import path from "node:path";
import { type XmlDocument as Document, XmlDocument, type XmlNode, XsdValidator } from "libxml2-wasm";
import * as z from "zod";

const namespaces = { a: "http://www.w3.org/2005/Atom", content: "http://purl.org/rss/1.0/modules/content/" };

/**
 * Rules that a schema cannot express: XPath expressions that must be true for a feed and its entries.
 * https://www.rssboard.org/rss-specification, RFC 4287 (4.1.1, 4.1.2)
 */
const rules = {
  rss: {
    root: [
      ...["title", "link", "description"].map((name) => `count(/rss/channel/${name}) = 1`),
      "count(/rss/channel/a:link[@rel = 'self']) = 1",
      "count(//item) = count(//item[count(title) = 1 and count(description) = 1 and count(link) = 1])",
      "count(//item) = count(//item[count(guid) = 1 and count(pubDate) = 1 and count(content:encoded) = 1])",
      "not(//guid[. = ../preceding-sibling::item/guid])",
    ],
  },
  atom: {
    root: [
      ...["id", "title", "updated"].map((name) => `count(/a:feed/a:${name}) = 1`),
      "count(/a:feed/a:link[@rel = 'self']) = 1",
      "count(/a:feed/a:link[@rel = 'alternate']) = 1",
      "count(//a:entry) = count(//a:entry[count(a:id) = 1 and count(a:title) = 1 and count(a:updated) = 1])",
      "count(//a:entry) = count(//a:entry[count(a:author) = 1 and count(a:content) = 1 and count(a:summary) = 1])",
      "count(//a:entry) = count(//a:entry[count(a:published) = 1 and count(a:link[@rel = 'alternate']) = 1])",
      "not(//a:entry[a:id = preceding-sibling::a:entry/a:id])",
    ],
  },
} as const;

/** Parses a feed strictly, and validates it against the schema and the rules. @throws if the feed is invalid */
export function validFeed(kind: "rss" | "atom", text: string): { texts(expression: string): string[] } {
  const read = (source: string): Document => XmlDocument.fromString(source);
  using document = read(text);
  using schema = read(readFileSync(path.join(import.meta.dirname, `${kind}.xsd`), "utf8"));
  using validator = XsdValidator.fromDoc(schema);
  validator.validate(document);
  const broken = rules[kind].root.filter((rule) => document.eval(rule, namespaces) !== true);
  if (broken.length > 0) throw new Error(`Not true of the feed: ${broken.join("; ")}`);
  const contents = (expression: string) => document.find(expression, namespaces).map((node: XmlNode) => node.content);
  const kept = new Map(
    ["//item/title", "//content:encoded", "//a:entry/a:title", "//a:entry/a:content"].map((each) => [
      each,
      contents(each),
    ]),
  );
  return { texts: (expression) => kept.get(expression) ?? [] };
}

const Address = z.url({ protocol: /^https?$/ });

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), without the members that the app never writes. */
export const JsonFeed = z.strictObject({
  version: z.literal("https://jsonfeed.org/version/1.1"),
  title: z.string().min(1),
  description: z.string(),
  home_page_url: Address,
  feed_url: Address,
  language: z.string(),
  items: z.array(
    z.strictObject({
      id: z.string().min(1),
      url: Address,
      title: z.string(),
      summary: z.string(),
      content_html: z.string().min(1),
      image: Address.optional(),
      date_published: z.iso.datetime({ offset: true }),
      date_modified: z.iso.datetime({ offset: true }),
      authors: z.array(z.strictObject({ name: z.string(), url: Address })).length(1),
      tags: z.array(z.string()),
    }),
  ),
});
