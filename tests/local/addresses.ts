import { readFileSync } from "node:fs";
import path from "node:path";
import type { Post } from "@daybook/core/post/post";
import * as z from "zod";

const built = path.resolve(import.meta.dirname, "../../packages/web/.next");
const readBuilt = (file: string) => readFileSync(path.join(built, file), "utf8");

/** A post with its URL parameters, and text that appears nowhere else on the site. */
export interface ShownPost {
  readonly words: string;
  readonly post: Pick<Post, "id">;
  readonly handle: string;
  readonly slug: string;
  /** The month, such as `2026-11`. */
  readonly month: string;
  readonly tag: string;
}

const feedFiles = ["feed.xml", "atom.xml", "feed.json"];

/** The URLs that show the post, as the site links to them. */
export function canonicalOf({ handle, slug, month, tag }: ShownPost): string[] {
  const tagPage = `/tags/${encodeURIComponent(tag)}`;
  const feeds = ["", `/@${handle}`, tagPage].flatMap((place) => feedFiles.map((file) => `${place}/${file}`));
  return ["/blog", `/@${handle}`, `/@${handle}/${slug}`, tagPage, `/archive/${month}`, ...feeds];
}

/** The API's URLs that return the post. */
export const apiOf = ({ handle, slug, month, tag, post: { id } }: ShownPost) => [
  ...[`/v1/posts/${id}`, `/v1/authors/${handle}/posts/${slug}`, "/v1/posts", `/v1/posts?author=${handle}`],
  ...[`/v1/posts?tag=${encodeURIComponent(tag)}`, `/v1/posts?month=${month}`],
];

/** Every route of the build, with the post's values as parameters. */
function routesOf({ handle, slug, month, tag, post: { id } }: ShownPost): string[] {
  const routes = z.record(z.string(), z.string()).parse(JSON.parse(readBuilt("app-path-routes-manifest.json")));
  const values: Record<string, string[]> = {
    ...{ "[handle]": [handle], "[slug]": [slug], "[tag]": [encodeURIComponent(tag)], "[part]": [`${month}.xml`] },
    ...{ "[[...rest]]": ["", "index", "index/index", handle], "[[...month]]": ["", "index", month, `${month}/index`] },
    "[...place]": feedFiles.flatMap((file) => [
      file,
      `${file}/author/${handle}`,
      `${file}/tag/${encodeURIComponent(tag)}`,
    ]),
  };
  const filled = (route: string): string[] => {
    const [parameter] = /\[+[.\w]+\]+/.exec(route) ?? [];
    if (parameter === undefined) return [route];
    const known = values[parameter];
    // Add the values of a new kind of parameter here.
    if (!known) throw new Error(`${route}: nothing is known of ${parameter}`);
    return known.flatMap((value) => filled(route.replace(parameter, value)));
  };
  const variants = Object.values(routes).flatMap(filled);
  const build = readBuilt("BUILD_ID").trim();
  const forms = [`/@${handle}/${slug}`, `/authors/${handle}/${slug}`].flatMap((at) => [
    ...[`${at}.rsc`, `${at}.prefetch.rsc`, `${at}.html`, `${at}.json`, `${at}.txt`, `${at}/index`, `${at}/page`],
    ...[
      `${at}.segments/_tree.segment.rsc`,
      `/index${at}`,
      `/_next/data/${build}${at}.json`,
      `/_next${at}`,
      `/_next/..${at}`,
    ],
    ...[`/_next/static/..%2f..${at}`, `/_next/image?url=${encodeURIComponent(at)}&w=640&q=75`, `/en${at}`],
  ]);
  return [
    ...variants,
    ...forms,
    `/posts/${id}`,
    ...["v1", "_next/static", "_next/x"].map((place) => `/${place}/../../@${handle}/${slug}`),
  ];
}

const upperHex = (at: string) => at.replace(/[a-z@]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** Other spellings of a path. */
export const spellings: readonly (readonly [name: string, write: (at: string) => string])[] = [
  ["escapes in lower case", (at) => at.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()).replace("@", "%40")],
  ["escapes of everything", upperHex],
  ["an escaped @", (at) => at.replace("@", "%40")],
  ["the form in which the site's server gets it", (at) => at.replace("@", "~40").replaceAll("%", "~")],
  ["escaped escapes", (at) => at.replace(/[@a]/, (one) => `%25${one.charCodeAt(0).toString(16)}`)],
  ["escaped slashes", (at) => `/${at.slice(1).replaceAll("/", "%2F")}`],
  ["an escaped slash at the end", (at) => `${at}%2f`],
  ["upper case", (at) => at.toUpperCase()],
  ["a capital", (at) => at.replace(/[a-z]/, (one) => one.toUpperCase())],
  ["a slash at the end", (at) => `${at}/`],
  ["double slashes", (at) => at.replaceAll("/", "//")],
  ["dot segments", (at) => `/todos/..${at.replaceAll("/", "/./")}`],
  ["escaped dot segments", (at) => `/todos/%2e%2E${at}`],
  ["twice escaped dot segments", (at) => `/todos/%252e%252e${at}`],
  ["backslashes", (at) => `/${at.slice(1).replaceAll("/", "\\")}`],
  ["escaped backslashes", (at) => `/todos%5c..%5C${at.slice(1)}`],
  ["an escaped question mark", (at) => `${at}%3Fa=b`],
  ["an escaped fragment", (at) => `${at}%23a`],
  ["an escaped tab", (at) => at.replace(/(\w)$/, "%09$1")],
  ["an escaped line feed at the end", (at) => `${at}%0a`],
  ["a null byte", (at) => `${at}%00`],
  ["a path parameter", (at) => `${at};a=b`],
  ["another script's look-alike of a slash", (at) => `/${at.slice(1).replaceAll("/", "%EF%BC%8F")}`],
];

/** Ways to request a path that do not change the path itself. */
const tree = encodeURIComponent(JSON.stringify(["", {}, null, null, true]));
const waysOf = ({
  handle,
  slug,
}: ShownPost): readonly (readonly [query: string, headers: Record<string, string>])[] => [
  ["", {}],
  ["_rsc=1a2b3", { rsc: "1", "next-router-state-tree": tree, "next-url": "/blog" }],
  ["", { rsc: "1", "next-router-prefetch": "1" }],
  ["", { rsc: "1", "next-router-segment-prefetch": "/_tree" }],
  ["fresh=known-to-somebody", {}],
  [`nxtPhandle=${handle}&nxtPslug=${slug}`, { "x-nextjs-data": "1" }],
  ["", { "x-prerender-revalidate": "1", cookie: "__prerender_bypass=1; __next_preview_data=1" }],
  ["", { "accept-encoding": "br, gzip" }],
];
const withQuery = (at: string, query: string) => (query === "" ? at : `${at}${at.includes("?") ? "&" : "?"}${query}`);

/** Headers with which a proxy could tell Next.js which page is requested. */
const steering = ({ handle, slug }: ShownPost): Record<string, string>[] => {
  const page = `/authors/${handle}/${slug}`;
  return [
    ...["x-matched-path", "x-invoke-path", "x-rewrite-url", "x-original-url", "x-middleware-rewrite"],
    ...["x-now-route-matches", "x-nextjs-rewritten-path", "next-resume", "x-invoke-output", "x-forwarded-uri"],
  ].map((name) => ({ [name]: page, "x-invoke-status": "200" }));
};

/** Requests: paths as they are sent, each with its headers. */
export type Sent = readonly (readonly [at: string, headers: Record<string, string>])[];

/**
 * Requests for the URLs that show the post. The post's page is requested in every way; the others plainly, as Next's
 * router does, and with `?fresh=`.
 */
export const canonicalRequests = (post: ShownPost): Sent =>
  [...canonicalOf(post), ...apiOf(post)].flatMap((at) => {
    const ways = waysOf(post);
    const asked = at === `/@${post.handle}/${post.slug}` ? ways : ways.filter((_, place) => [0, 1, 4].includes(place));
    return asked.map(([query, headers]) => [withQuery(at, query), headers] as const);
  });

/** Requests for all other URLs that a router could map to the post, and all other spellings of the post's URLs. */
export const otherRequests = (post: ShownPost): Sent => {
  const plain: Record<string, string> = {};
  const own = [`/@${post.handle}/${post.slug}`, `/authors/${post.handle}/${post.slug}`];
  const spelled = own.flatMap((at) => spellings.map(([, write]) => write(at))).filter((at) => !own.includes(at));
  return [
    ...routesOf(post).flatMap((at) => [plain, { rsc: "1" }].map((headers) => [at, headers] as const)),
    ...spelled.map((at) => [at, plain] as const),
    ...steering(post).map((headers) => [`/nothing-${Object.keys(headers)[0]}`, headers] as const),
  ];
};
