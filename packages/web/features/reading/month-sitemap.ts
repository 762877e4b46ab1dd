import { Month } from "@daybook/core/published/published-post";
import { siteOrigin } from "../../lib/site-origin.ts";
import { xml } from "../../lib/xml.ts";
import { sitemap, urlOf } from "../sitemap/sitemap.ts";
import { readPosts } from "./published-posts.ts";
import { paths } from "./site.ts";

/** The maximum number of URLs in one sitemap file. */
const mostUrls = 50_000;

/** The sitemap of a month: its page, its posts, their authors and their tags. Undefined if there are none. */
export async function monthSitemap(part: string | undefined): Promise<string | undefined> {
  const month = Month.safeParse(part).data;
  if (month === undefined) return undefined;
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
