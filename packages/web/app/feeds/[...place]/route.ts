import { Handle } from "@daybook/core/author/author";
import { Tag } from "@daybook/core/published/published-post";
import { answer, nothing } from "../../../features/reading/conditional-response.ts";
import { readFeed } from "../../../features/reading/feed/feed.ts";
import { writeFeed } from "../../../features/reading/feed/feed-formats.ts";
import { feedFiles, feedFormats, feedTypes } from "../../../features/reading/feed/feed-paths.ts";

interface Context {
  readonly params: Promise<{ readonly place: readonly string[] }>;
}

/**
 * Serves the feeds of the site, of authors and of tags. `next.config.ts` rewrites their public URLs, such as
 * `/@handle/feed.xml`, to this route.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const [file, kind, name, ...others] = (await params).place;
  const format = feedFormats.find((each) => feedFiles[each] === file);
  const place = others.length === 0 ? placeOf(kind, name) : undefined;
  const feed = place && (await readFeed(place.shown, place.scope));
  if (format === undefined || feed === undefined) return nothing();
  const { updatedAt: changedAt } = feed;
  return answer(request, {
    body: writeFeed[format](feed),
    type: feedTypes[format],
    ...(changedAt !== undefined && { changedAt }),
  });
}

function placeOf(kind: string | undefined, name: string | undefined) {
  if (kind === undefined) return { shown: {}, scope: {} };
  const author = kind === "author" ? Handle.safeParse(name) : undefined;
  if (author?.success) return { shown: { handle: author.data }, scope: { author: author.data } };
  const tag = kind === "tag" ? Tag.safeParse(name) : undefined;
  return tag?.success ? { shown: { tag: tag.data }, scope: { tag: tag.data } } : undefined;
}
