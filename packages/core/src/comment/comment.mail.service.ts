import { decodeTime, encodeTime } from "ulid";
import { firstVersion } from "../db/entity.ts";
import type { CommentAdded } from "../events.blog.ts";
import type { CommentId, UserId } from "../ids.ts";
import { type MailContext, MailRefusedError } from "../mail/mailer.ts";
import { isSuppressed } from "../mail/suppression.ts";
import * as users from "../user/user.service.ts";
import { blockedAmong } from "./comment.blocked.repository.ts";
import { commentMailSeconds } from "./comment.limits.ts";
import { newestOf } from "./comment.lists.repository.ts";
import * as repository from "./comment.mail.repository.ts";
import { commentMail, type NewComment } from "./comment.mail.ts";
import { type CommentOfPost, withPost } from "./comment.review.ts";

/** The event needs no further work, or it must be sent again after this time. */
export type CommentMailOutcome =
  | "sent"
  | "turned-off"
  | "already-mailed"
  | "nothing-new"
  | "suppressed"
  | { readonly waitSeconds: number };

/** The index shows a comment after this time, also if the clocks of two functions differ. */
const settledSeconds = 10;
/** Older comments are not mailed. This bounds the first mail after the author has turned mails on. */
const oldestSeconds = 24 * 60 * 60;
/** Maximum number of comments of each kind in one mail. */
const most = 50;

const timeOf = (id: CommentId): number => decodeTime(id.slice("cmt_".length));
/** Returns a sort key before all comments of a time, in epoch milliseconds. */
const sortKeyAt = (time: number): string => `cmt_${encodeTime(time)}`;

/**
 * Mails the author of a post about a reader's comment, at most once. One mail contains all comments since the previous
 * one, and an author gets at most one in `commentMailSeconds`. Example: of three comments at 10:00, 10:05 and 10:10,
 * the first is mailed at once, and the other two together at 10:15.
 *
 * The record of the last mail is written before the mail is sent. A redelivered or late event finds that its comment
 * was mailed. If the mail service may have accepted the mail, the record stays.
 *
 * @throws MailRefusedError when the mail was not sent; a retry may succeed
 * @throws MailUncertainError when it may have been sent; a retry does nothing
 */
export async function mailComment(
  { clock, mailer, appUrl }: MailContext,
  { authorId, commentId }: Pick<CommentAdded, "authorId" | "commentId">,
): Promise<CommentMailOutcome> {
  const [author, last] = await Promise.all([users.find(authorId), repository.find(authorId)]);
  if (!author?.commentEmails) return "turned-off";
  if (last && commentId <= last.mailedTo) return "already-mailed";
  const now = clock.now();
  const nextMail = last ? Date.parse(last.updatedAt) + commentMailSeconds * 1000 : 0;
  const wait = Math.max(timeOf(commentId) + settledSeconds * 1000, nextMail) - now.getTime();
  if (wait > 0) return { waitSeconds: Math.min(Math.ceil(wait / 1000), commentMailSeconds) };

  const oldest = now.getTime() - oldestSeconds * 1000;
  const found = await newSince(authorId, last?.mailedTo, [oldest, now.getTime() - settledSeconds * 1000]);
  const newest = found.at(-1);
  if (!newest) return "nothing-new";
  if (await isSuppressed(author.email)) return "suppressed";
  const stamp = { ...firstVersion(now.toISOString()), version: (last?.version ?? 0) + 1 };
  const mail = { authorId, mailedTo: newest.comment.id, ...stamp };
  // Another call sends a mail at this moment, which probably contains this comment.
  if (!(await repository.claim(mail, last))) return { waitSeconds: settledSeconds };
  try {
    await mailer.send({ to: author.email, ...commentMail(found.map(toNew), { appUrl, most }) });
  } catch (error) {
    if (error instanceof MailRefusedError) await repository.release(mail, last);
    throw error;
  }
  return "sent";
}

/**
 * Returns the comments after `after` and within a time, in epoch milliseconds, in the order of their creation. Omits
 * comments of blocked readers and on posts that are not published.
 */
async function newSince(
  authorId: UserId,
  after: CommentId | undefined,
  [from, to]: readonly [number, number],
): Promise<CommentOfPost[]> {
  const start = sortKeyAt(from);
  const listed = await newestOf(authorId, [after && after > start ? after : start, sortKeyAt(to + 1)], most);
  const fresh = listed.filter(({ id }) => after === undefined || id > after);
  const writers = new Set(fresh.flatMap(({ writer }) => writer?.id ?? []));
  const blocked = await blockedAmong(authorId, [...writers]);
  return withPost(fresh.filter(({ writer }) => writer && !blocked.has(writer.id)));
}

const toNew = ({ comment: { id, state, writer, body }, post: { handle, slug, title } }: CommentOfPost): NewComment => ({
  writer: writer?.name ?? "",
  ...{ body, title },
  path: state === "visible" ? `/@${handle}/${slug}#comment-${id}` : undefined,
});
