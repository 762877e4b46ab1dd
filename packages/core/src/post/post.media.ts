import type { UserId } from "../ids.ts";
import { MediaId } from "../ids.ts";
import type { WholePostRecord } from "./post.repository.ts";
import * as repository from "./post.repository.ts";
import { picturesIn } from "./prose.ts";

/** The uploads that a body refers to, without duplicates, in their order. */
export function mediaIn(body: string): MediaId[] {
  const ids = picturesIn(body).flatMap(({ id }) => MediaId.safeParse(id).data ?? []);
  return [...new Set(ids)];
}

/** The uploads that a working copy refers to: in its body, and as its cover. */
export function mediaOf({ body, coverId }: Pick<WholePostRecord, "body" | "coverId">): MediaId[] {
  return [...new Set([...mediaIn(body), ...(coverId === null ? [] : [coverId])])];
}

/** The uploads that an author's posts use, in working copies and published posts. */
export const mediaInPosts = (authorId: UserId): Promise<Set<MediaId>> => repository.listMediaIds(authorId);
