import { inParallel } from "../db/parallel.ts";
import type { SiteEvent } from "../events.ts";
import { findReferences } from "../published/published-post.service.ts";
import type { SiteEdge } from "./site.edge.ts";
import { stale } from "./site.stale.ts";
import type { Site } from "./site.ts";

/** More than a batch of events makes out of date, unless their posts have many tags; readers ask for the rest. */
const preparedPages = 60;
/** Few enough that the site does not start a function for each. */
const pagesAtOnce = 2;

export interface RefreshedBy {
  readonly site: Site;
  readonly edge: SiteEdge;
  /** Is told of a page that could not be made beforehand. */
  onUnprepared(path: string, error: unknown): void;
}

/**
 * Lets readers see what has happened: the site forgets what it has made of that, makes it anew, and only then the edge drops its copies,
 * so that nobody waits for a page to be made. Doing it again is harmless.
 *
 * @returns what became of it, for the log
 * @throws when the site or the edge cannot be told
 */
export async function refresh(
  events: readonly SiteEvent[],
  { site, edge, onUnprepared }: RefreshedBy,
): Promise<string> {
  const posts = events.flatMap((event) => (event.type === "comment.changed" ? [event.postId] : []));
  const { tags, paths, copies } = stale(events, await findReferences(posts));
  await site.forget([...tags]);
  await inParallel([...paths].slice(0, preparedPages), pagesAtOnce, async (path) => {
    try {
      await site.prepare(path);
    } catch (error) {
      onUnprepared(path, error);
    }
  });
  if (paths.size > 0) await edge.invalidate([...paths, ...copies]);
  return `${paths.size} pages`;
}
