import * as z from "zod";
import { entity, type RecordOf } from "../db/entity.ts";
import { commentMailKey } from "../db/keys.blog.ts";
import { isNew } from "../db/version.ts";
import { writeIf } from "../db/write.ts";
import { CommentId, UserId } from "../ids.ts";

const commentMails = entity({
  name: "comment-mail",
  schema: z.object({
    authorId: UserId,
    /** The newest comment that the author was mailed about. Earlier ones are not mailed again. */
    mailedTo: CommentId,
  }),
  keyFields: ["authorId"],
  keyOf: ({ authorId }) => commentMailKey(authorId),
});

/** The last mail to an author about comments. `updatedAt` is its time. */
export type CommentMailRecord = RecordOf<typeof commentMails>;

/** Returns the last mail to an author about comments. One consistent round trip. */
export const find = (authorId: UserId): Promise<CommentMailRecord | undefined> => commentMails.get({ authorId });

/**
 * Records a mail before it is sent.
 *
 * @param last the record as read, or undefined if there was none
 * @returns false if another call has recorded a mail since
 */
export const claim = (next: CommentMailRecord, last: CommentMailRecord | undefined): Promise<boolean> =>
  writeIf(commentMails.put(next, last ? { version: last.version } : isNew));

/** Restores the record from before a mail that was certainly not sent, unless another mail was recorded since. */
export async function release(
  { authorId, version }: CommentMailRecord,
  last: CommentMailRecord | undefined,
): Promise<void> {
  await writeIf(last ? commentMails.put(last, { version }) : commentMails.delete({ authorId }, { version }));
}
