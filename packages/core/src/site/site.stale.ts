import type { SiteEvent } from "../events.ts";
import type { PostId } from "../ids.ts";
import { addressTag, authorTag, commentsTag, monthTag, postsTag, postTag, tagTag } from "../published/cache-tags.ts";
import type { PublishedPostReference } from "../published/published-post.service.ts";

/**
 * What of the site is out of date: cache tags of pages, the pages themselves, and copies at the edge that nobody prepares. Feeds, sitemaps
 * and answers of the API expire within seconds; they are named only when they may show a post that readers must not see any more, because
 * the edge may give out an expired copy while its origin fails.
 */
export interface Stale {
  readonly tags: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
  readonly copies: ReadonlySet<string>;
}

const feedFiles = ["feed.xml", "atom.xml", "feed.json"];

/** Every address, apart from pages, that may show a post. */
function copiesOf({ postId, handle, slug, month, tags }: Extract<SiteEvent, { type: "page.changed" }>): string[] {
  const feedsIn = ["", `/@${handle}`, ...tags.map(tagPath)];
  return [
    ...feedsIn.flatMap((place) => feedFiles.map((file) => `${place}/${file}`)),
    ...["/sitemap.xml", "/sitemap/pages.xml", ...(month === undefined ? [] : [`/sitemap/${month}.xml`])],
    ...[`/v1/posts/${postId}`, `/v1/posts/${postId}/comments`, `/v1/authors/${handle}/posts/${slug}`, "/v1/posts"],
  ];
}

const tagPath = (tag: string) => `/tags/${encodeURIComponent(tag)}`;

/** What an event makes out of date, as lists of tags, of paths and of other copies. */
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

/** What events make out of date, each part of it once; the pages of posts come first. */
export function stale(events: readonly SiteEvent[], posts: ReadonlyMap<PostId, PublishedPostReference>): Stale {
  const parts = events.map((event) => staleBy(event, posts));
  return {
    tags: new Set(parts.flatMap(([tags]) => tags)),
    paths: new Set(parts.flatMap(([, paths]) => paths)),
    copies: new Set(parts.flatMap(([, , copies = []]) => copies)),
  };
}
