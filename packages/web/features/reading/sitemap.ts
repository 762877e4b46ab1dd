import type { Month } from "@daybook/core/published/published-post";
import { xml, xmlDocument } from "./feed/xml.ts";
import { readMonths, readPosts } from "./published-posts.ts";
import { paths, siteOrigin } from "./site.ts";

/** The maximum number of URLs in one sitemap file. */
const mostUrls = 50_000;

const sitemap = (root: "sitemapindex" | "urlset", entries: readonly string[]) =>
  xmlDocument(xml(root, entries, { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" }));

/** The sitemap index lists one file for the static pages and one per month, which limits the size of each file. */
export async function sitemapIndex(): Promise<string> {
  const parts = ["pages", ...(await readMonths()).map(({ month }) => month)];
  return sitemap(
    "sitemapindex",
    parts.map((part) => xml("sitemap", [xml("loc", `${siteOrigin()}/sitemap/${part}.xml`)])),
  );
}

const urlOf = (page: string) => xml("url", [xml("loc", page)]);

export function pagesSitemap(): string {
  const pages = ["/", paths.blog, paths.archive, "/docs/api"];
  return sitemap(
    "urlset",
    pages.map((path) => urlOf(`${siteOrigin()}${path}`)),
  );
}

/** The sitemap of a month: its page, its posts, their authors and their tags. Undefined if there are none. */
export async function monthSitemap(month: Month): Promise<string | undefined> {
  const { posts } = await readPosts({ month }, mostUrls);
  if (posts.length === 0) return undefined;
  const own = posts.map(({ page, revisedAt }) => xml("url", [xml("loc", page), xml("lastmod", revisedAt)]));
  const lists = [
    ...[paths.month(month), ...posts.flatMap(({ tags }) => tags.map(paths.tag))].map(
      (path) => `${siteOrigin()}${path}`,
    ),
    ...posts.map(({ author }) => author.page),
  ];
  return sitemap("urlset", [...own, ...[...new Set(lists)].map(urlOf)].slice(0, mostUrls));
}
