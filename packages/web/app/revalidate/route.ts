import { createHash, timingSafeEqual } from "node:crypto";
import { revalidationSecretHeader } from "@daybook/core/contract/edge";
import { isCacheTag, tagsPerRequest } from "@daybook/core/published/cache-tags";
import { revalidateTag } from "next/cache";

const reply = (status: number) => new Response(null, { status, headers: { "cache-control": "no-store" } });

/**
 * Drops the pages that were made of something that has changed, by their tags: `{ "tags": ["post:…"] }`. It is for the subscriber of those
 * events alone, who shows the secret that both were deployed with; where there is none, there is nothing here.
 */
export async function POST(request: Request): Promise<Response> {
  const secret = process.env.DAYBOOK_REVALIDATION_SECRET;
  if (!secret) return reply(404);
  if (!isSame(request.headers.get(revalidationSecretHeader) ?? "", secret)) return reply(401);
  const tags = tagsIn(await request.json().catch(() => undefined));
  if (tags === undefined) return reply(400);
  // At once: what is asked for next is made anew, and is not what was there before.
  for (const tag of tags) revalidateTag(tag, { expire: 0 });
  return reply(204);
}

function tagsIn(body: unknown): readonly string[] | undefined {
  const { tags }: { tags?: unknown } = Object(body);
  return Array.isArray(tags) && tags.length <= tagsPerRequest && tags.every(isCacheTag) ? tags : undefined;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Takes as long for every text, right or wrong. */
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));
