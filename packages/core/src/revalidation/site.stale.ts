import type { SiteEvent } from "../events.blog.ts";
import type { PostId } from "../ids.ts";
import { addressTag, authorTag, commentsTag, monthTag, postsTag, postTag, tagTag } from "../published/cache-tags.ts";
import type { PublishedPostReference } from "../published/published-post.service.ts";

/**
 * Stale parts of the site: cache tags, and paths of pages.
 *
 * Copies at the edge expire within seconds. `removed` has the paths whose copies may show a post that readers must no
 * longer see: pages, feeds, sitemaps and API responses. The edge may serve an expired copy while its origin fails.
 */
export interface Stale {
  readonly tags: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

const feedFiles = ["feed.xml", "atom.xml", "feed.json"];

/** Returns every path, apart from pages, that may show a post. */
function copiesOf({ postId, handle, slug, month, tags }: Extract<SiteEvent, { type: "page.changed" }>): string[] {
  const feedsIn = ["", `/@${handle}`, ...tags.map(tagPath)];
  return [
    ...feedsIn.flatMap((place) => feedFiles.map((file) => `${place}/${file}`)),
    ...["/sitemap.xml", "/sitemap/pages.xml", ...(month === undefined ? [] : [`/sitemap/${month}.xml`])],
    ...[`/v1/posts/${postId}`, `/v1/posts/${postId}/comments`, `/v1/authors/${handle}/posts/${slug}`, "/v1/posts"],
  ];
}

/**
 * Returns the paths under which the edge may keep a response: as readers request it, and as its function rewrites it
 * for the site's server (`signablePath` in infra/router.ts).
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 */
const cachedPaths = (path: string) => [...new Set([path, path.replaceAll("@", "%40").replaceAll("%", "~")])];

const tagPath = (tag: string) => `/tags/${encodeURIComponent(tag)}`;

/** Returns what an event makes stale. */
function staleBy(
  event: SiteEvent,
  posts: ReadonlyMap<PostId, PublishedPostReference>,
): readonly [tags: readonly string[], paths: readonly string[], removed?: readonly string[]] {
  switch (event.type) {
    case "page.changed": {
      const { postId, handle, slug, tags } = event;
      const months = [event.month, event.formerMonth].filter((month) => month !== undefined);
      const paths = [
        ...[`/@${handle}/${slug}`, "/blog", "/archive", `/@${handle}`],
        ...months.map((month) => `/archive/${month}`),
        ...tags.map(tagPath),
      ];
      return [
        [
          ...[postsTag, postTag(postId), addressTag(handle, slug), authorTag(handle)],
          ...tags.map(tagTag),
          ...months.map(monthTag),
        ],
        paths,
        event.removed ? [...paths, ...copiesOf(event)].flatMap(cachedPaths) : [],
      ];
    }
    case "comment.changed": {
      const { postId } = event;
      const post = posts.get(postId);
      const page = post ? [`/@${post.handle}/${post.slug}`] : [];
      return [[commentsTag(postId)], page];
    }
    case "author.changed":
      return [[authorTag(event.handle)], [`/@${event.handle}`]];
  }
}

/** Returns what events make stale, without duplicates. The pages of posts come first. */
export function stale(events: readonly SiteEvent[], posts: ReadonlyMap<PostId, PublishedPostReference>): Stale {
  const parts = events.map((event) => staleBy(event, posts));
  return {
    tags: new Set(parts.flatMap(([tags]) => tags)),
    paths: new Set(parts.flatMap(([, paths]) => paths)),
    removed: new Set(parts.flatMap(([, , removed = []]) => removed)),
  };
}
