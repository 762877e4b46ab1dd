import type { SiteEvent } from "../events.ts";
import type { PostId } from "../ids.ts";
import type { Publication } from "../post/post.publication.ts";
import { addressTag, authorTag, commentsTag, monthTag, postsTag, postTag, tagTag } from "../post/post.tags.ts";

/** What of the site is out of date: what its pages were made of, and where they are. Feeds and sitemaps grow out of date by themselves. */
export interface Stale {
  readonly tags: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

/** What an event makes out of date, as lists of tags and of paths. */
function staleBy(
  event: SiteEvent,
  publications: ReadonlyMap<PostId, Publication>,
): readonly [tags: readonly string[], paths: readonly string[]] {
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
          ...tags.map((tag) => `/tags/${encodeURIComponent(tag)}`),
        ],
      ];
    }
    case "comment.changed": {
      const { postId } = event;
      const publication = publications.get(postId);
      const page = publication ? [`/@${publication.handle}/${publication.slug}`] : [];
      return [[commentsTag(postId)], page];
    }
    case "author.changed":
      return [[authorTag(event.handle)], [`/@${event.handle}`]];
  }
}

/** What events make out of date, each part of it once; the pages of posts come first. */
export function stale(events: readonly SiteEvent[], publications: ReadonlyMap<PostId, Publication>): Stale {
  const parts = events.map((event) => staleBy(event, publications));
  return {
    tags: new Set(parts.flatMap(([tags]) => tags)),
    paths: new Set(parts.flatMap(([, paths]) => paths)),
  };
}
