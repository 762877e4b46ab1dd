import type { Month } from "@daybook/core/published/published-post";
import { xml, xmlDocument } from "./feed/xml.ts";
import { readMonths, readPosts } from "./published-posts.ts";
import { paths, siteOrigin } from "./site.ts";

const namespace = { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" };

/** The maximum number of URLs in one sitemap file. */
const mostUrls = 50_000;

interface Place {
  readonly url: string;
  /** In ISO 8601. */
  readonly changedAt?: string;
}

const urls = (name: "url" | "sitemap", places: readonly Place[]) =>
  places.map(({ url, changedAt }) =>
    xml(name, [xml("loc", url), changedAt === undefined ? undefined : xml("lastmod", changedAt)]),
  );

/** The sitemap index lists one file for the static pages and one per month, which limits the size of each file. */
export async function sitemapIndex(): Promise<string> {
  const parts = ["pages", ...(await readMonths()).map(({ month }) => month)];
  const places = parts.map((part) => ({ url: `${siteOrigin()}/sitemap/${part}.xml` }));
  return xmlDocument(xml("sitemapindex", urls("sitemap", places), namespace));
}

const fixed = ["/", paths.blog, paths.archive, "/docs/api"];

export const pagesSitemap = (): string =>
  xmlDocument(
    xml(
      "urlset",
      urls(
        "url",
        fixed.map((path) => ({ url: `${siteOrigin()}${path}` })),
      ),
      namespace,
    ),
  );

/** The sitemap of a month: its posts and their authors. Undefined if there are none. */
export async function monthSitemap(month: Month): Promise<string | undefined> {
  const { posts } = await readPosts({ month }, mostUrls);
  if (posts.length === 0) return undefined;
  const authors = [...new Set(posts.map(({ author }) => author.page))].map((url) => ({ url }));
  const own = posts.map(({ page, revisedAt }) => ({ url: page, changedAt: revisedAt }));
  return xmlDocument(xml("urlset", urls("url", [...own, ...authors].slice(0, mostUrls)), namespace));
}
