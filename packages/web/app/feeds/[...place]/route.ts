import { Handle } from "@daybook/core/author/author";
import { Tag } from "@daybook/core/published/published-post";
import { readFeed } from "../../../features/reading/feed/feed.ts";
import { writeFeed } from "../../../features/reading/feed/feed-formats.ts";
import { feedFiles, feedFormats, feedTypes } from "../../../features/reading/feed/feed-paths.ts";
import { inForm } from "../../../features/reading/route-params.ts";
import type { Scope } from "../../../features/reading/scope.ts";
import { answer, nothing } from "../../../lib/conditional-response.ts";

interface Context {
  readonly params: Promise<{ readonly place: readonly string[] }>;
}

/**
 * Serves the feeds of the site, of authors and of tags. `next.config.ts` rewrites their public URLs, such as
 * `/@handle/feed.xml`, to this route.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const [file, ...place] = (await params).place;
  const format = feedFormats.find((each) => feedFiles[each] === file);
  const scope = scopeOf(place);
  const feed = format && scope && (await readFeed(scope, format));
  if (!feed) return nothing();
  return answer(request, { body: writeFeed[format](feed), type: feedTypes[format], changedAt: feed.updatedAt });
}

function scopeOf([kind, name, ...others]: readonly string[]): Scope | undefined {
  if (kind === undefined) return {};
  if (others.length > 0) return undefined;
  const author = kind === "author" ? inForm(Handle, name) : undefined;
  const tag = kind === "tag" ? inForm(Tag, name) : undefined;
  return author ? { author } : tag && { tag };
}
