import type { UserId } from "../ids.ts";
import { MediaId } from "../ids.ts";
import type { WholePostRecord } from "./post.repository.ts";
import * as repository from "./post.repository.ts";
import { picturesIn } from "./prose.ts";

/** Returns the ids of the uploads that a body refers to, without duplicates, in order of appearance. */
export function mediaIn(body: string): MediaId[] {
  const ids = picturesIn(body).flatMap(({ id }) => MediaId.safeParse(id).data ?? []);
  return [...new Set(ids)];
}

/** Returns the ids of the uploads that a draft refers to in its body and as its cover. */
export function mediaOf({ body, coverId }: Pick<WholePostRecord, "body" | "coverId">): MediaId[] {
  return [...new Set([...mediaIn(body), ...(coverId === null ? [] : [coverId])])];
}

/** Returns the ids of the uploads that an author's drafts and published posts use. */
export const mediaInPosts = (authorId: UserId): Promise<Set<MediaId>> => repository.listMediaIds(authorId);
