import { createHash, timingSafeEqual } from "node:crypto";
import { isCacheTag, revalidationSecretHeader, tagsPerRequest } from "@daybook/core/published/cache-tags";
import { revalidateTag } from "next/cache";

const reply = (status: number) => new Response(null, { status, headers: { "cache-control": "no-store" } });

/**
 * Invalidates the cached pages that have one of the given cache tags: `{ "tags": ["post:…"] }`. Only the event
 * subscriber calls it, with the secret that both were deployed with. Returns 404 if no secret is configured.
 */
export async function POST(request: Request): Promise<Response> {
  const secret = process.env.DAYBOOK_REVALIDATION_SECRET;
  if (!secret) return reply(404);
  if (!isSame(request.headers.get(revalidationSecretHeader) ?? "", secret)) return reply(401);
  const tags = tagsIn(await request.json().catch(() => undefined));
  if (tags === undefined) return reply(400);
  // Expires the pages at once, so the next request renders them again instead of receiving a stale page.
  for (const tag of tags) revalidateTag(tag, { expire: 0 });
  return reply(204);
}

function tagsIn(body: unknown): readonly string[] | undefined {
  const { tags }: { tags?: unknown } = Object(body);
  return Array.isArray(tags) && tags.length <= tagsPerRequest && tags.every(isCacheTag) ? tags : undefined;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Compares in constant time. */
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));
