import { siteOrigin } from "../../lib/site-origin.ts";
import { xml, xmlDocument } from "../../lib/xml.ts";
import { readMonths } from "../reading/published-posts.ts";
import { listPages } from "../reading/site.ts";

export const sitemap = (root: "sitemapindex" | "urlset", entries: readonly string[]) =>
  xmlDocument(xml(root, entries, { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" }));

export const urlOf = (page: string) => xml("url", [xml("loc", page)]);

/** The sitemap index lists one file for the static pages, and files for others, which limits the size of each file. */
export async function sitemapIndex(): Promise<string> {
  const parts = ["pages"];
  parts.push(...(await readMonths()).map(({ month }) => month)); // #blog
  return sitemap(
    "sitemapindex",
    parts.map((part) => xml("sitemap", [xml("loc", `${siteOrigin()}/sitemap/${part}.xml`)])),
  );
}

export function pagesSitemap(): string {
  const pages = ["/", "/docs/api", ...listPages];
  return sitemap(
    "urlset",
    pages.map((path) => urlOf(`${siteOrigin()}${path}`)),
  );
}
