import { inParallel } from "../db/parallel.ts";
import type { SiteEvent } from "../events.blog.ts";
import { findReferences } from "../published/published-post.service.ts";
import type { SiteEdge } from "./site.edge.ts";
import { stale } from "./site.stale.ts";
import type { Site } from "./site.ts";

/** Maximum number of pages to prerender. A batch of events rarely affects more; readers trigger the rest. */
const preparedPages = 60;
/** Concurrent page requests. Low, so that the site does not start many function instances. */
const pagesAtOnce = 2;

export interface RefreshedBy {
  readonly site: Site;
  readonly edge: SiteEdge;
  /** Called for a page that could not be prerendered. */
  onUnprepared(path: string, error: unknown): void;
}

/**
 * Refreshes the site after events: invalidates the site's cache tags and prerenders the affected pages, so that readers
 * need not wait for them. The edge asks the site for a page every two seconds. If readers must no longer see a post, it
 * also invalidates the edge cache. Idempotent.
 *
 * @returns the outcome for the log
 * @throws when the site or the edge cannot be reached
 */
export async function refresh(
  events: readonly SiteEvent[],
  { site, edge, onUnprepared }: RefreshedBy,
): Promise<string> {
  const posts = events.flatMap((event) => (event.type === "comment.changed" ? [event.postId] : []));
  const { tags, paths, removed } = stale(events, await findReferences(posts));
  await site.forget([...tags]);
  await inParallel([...paths].slice(0, preparedPages), pagesAtOnce, async (path) => {
    try {
      await site.prepare(path);
    } catch (error) {
      onUnprepared(path, error);
    }
  });
  if (removed.size > 0) await edge.invalidate([...removed]);
  return `${paths.size} pages`;
}
