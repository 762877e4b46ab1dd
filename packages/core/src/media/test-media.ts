import type { UserContext } from "../call-context.ts";
import { type MediaId, newMediaId } from "../ids.ts";
import * as media from "./media.repository.ts";

/** Creates an upload in the given state that is due for its check today. */
export async function newMedia(
  { actor: { userId: ownerId }, clock }: UserContext,
  state: "awaited" | "ready" | "refused" = "ready",
): Promise<MediaId> {
  const [id, now] = [newMediaId(clock), clock.now().toISOString()];
  const stamp = { createdAt: now, updatedAt: now, version: 1 };
  const made = { id, ownerId, state: "awaited" as const, reason: null, picture: null, ...stamp };
  await media.create(made, clock.now(), clock, undefined);
  const sizes = { placeholder: "data:image/webp;base64,UklGRg==", widths: [320, 640], hasCard: true };
  const picture = { id, width: 640, height: 480, transparent: false, ...sizes };
  if (state === "ready") await media.settle(made, { state, picture }, now);
  if (state === "refused") await media.settle(made, { state, reason: "not-a-picture" }, now);
  return id;
}
