import type { SiteEvent } from "../events.ts";
import type { PostId } from "../ids.ts";
import { addressTag, authorTag, commentsTag, monthTag, postsTag, postTag, tagTag } from "../published/cache-tags.ts";
import type { PublishedPostReference } from "../published/published-post.service.ts";

/**
 * Stale parts of the site: cache tags, paths of pages, and copies at the edge that are not prerendered. Feeds, sitemaps
 * and API responses expire within seconds. They are listed only when they may show a post that readers must no longer
 * see, because the edge may serve an expired copy while its origin fails.
 */
export interface Stale {
  readonly tags: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
  readonly copies: ReadonlySet<string>;
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

const tagPath = (tag: string) => `/tags/${encodeURIComponent(tag)}`;

/** Returns what an event makes stale. */
function staleBy(
  event: SiteEvent,
  posts: ReadonlyMap<PostId, PublishedPostReference>,
): readonly [tags: readonly string[], paths: readonly string[], copies?: readonly string[]] {
  switch (event.type) {
    case "page.changed": {
      const { postId, handle, slug, month, tags } = event;
      return [
        [postsTag, postTag(postId), addressTag(handle, slug), authorTag(handle), ...tags.map(tagTag)].concat(
          month === undefined ? [] : monthTag(month),
        ),
        [
          ...[`/@${handle}/${slug}`, "/blog", "/archive", `/@${handle}`],
          ...(month === undefined ? [] : [`/archive/${month}`]),
          ...tags.map(tagPath),
        ],
        event.removed ? copiesOf(event) : [],
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
    copies: new Set(parts.flatMap(([, , copies = []]) => copies)),
  };
}
