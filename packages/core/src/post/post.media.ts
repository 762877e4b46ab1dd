import { MediaId } from "../ids.ts";
import type { WholePostRecord } from "./post.repository.ts";
import { picturesIn } from "./prose.ts";

/** The uploads that a text refers to, each once, in the order of their places. */
export function mediaIn(body: string): MediaId[] {
  const ids = picturesIn(body).flatMap(({ id }) => MediaId.safeParse(id).data ?? []);
  return [...new Set(ids)];
}

/** All uploads that a working copy refers to: those of its body, and its cover. */
export function mediaOf({ body, coverId }: Pick<WholePostRecord, "body" | "coverId">): MediaId[] {
  return [...new Set([...mediaIn(body), ...(coverId === null ? [] : [coverId])])];
}
