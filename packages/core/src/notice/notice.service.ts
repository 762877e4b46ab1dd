import { randomUUID } from "node:crypto";
import type { CallContext } from "../call-context.ts";
import { type MailContext, MailRefusedError } from "../mail/mailer.ts";
import { isSuppressed } from "../mail/suppression.ts";
import { noticeMail } from "./notice.mail.ts";
import * as repository from "./notice.repository.ts";
import type { Notice } from "./notice.ts";

export type NoticeOutcome = "sent" | "already-claimed" | "suppressed";

/**
 * Notifies the owner of an account. The mail follows in the background, in stages that have a sender.
 * @returns the failure if the notice could not be stored; the reported event has happened regardless
 */
export async function notify({ clock }: CallContext, notice: Notice): Promise<{ failure?: unknown }> {
  try {
    await repository.create(notice, clock.now());
    return {};
  } catch (failure) {
    return { failure };
  }
}

/** Returns the transaction entry that notifies the owner of an account of the transaction's effect. */
export const noticeWrite = ({ clock }: CallContext, notice: Notice) => repository.noticeWrite(notice, clock.now());

/**
 * Mails a notice at most once: it claims the notice before the mail, and deletes it afterwards. If the mail service may
 * have accepted the mail, the claim stays until the notice expires, and the mail counts as sent.
 *
 * @throws MailRefusedError when the mail was not sent; a retry may succeed
 * @throws MailUncertainError when it may have been sent; a retry does nothing
 */
export async function sendNotice({ clock, mailer, appUrl }: MailContext, noticeId: string): Promise<NoticeOutcome> {
  const claim = { noticeId, claimId: randomUUID(), claimedAt: clock.now().toISOString() };
  const notice = await repository.claim(claim);
  if (!notice) return "already-claimed";
  const { email, kind, at } = notice;
  try {
    if (await isSuppressed(email)) {
      await repository.remove(noticeId);
      return "suppressed";
    }
  } catch (error) {
    // No mail was sent yet, so a retry may send it.
    await repository.release(claim);
    throw error;
  }
  try {
    await mailer.send({ to: email, ...noticeMail(kind, { at, appUrl }) });
  } catch (error) {
    if (error instanceof MailRefusedError) await repository.release(claim);
    throw error;
  }
  await repository.remove(noticeId);
  return "sent";
}
