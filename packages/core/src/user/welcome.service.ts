import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { UserId } from "../ids.ts";
import { type Mailer, MailRefusedError } from "../mail/mailer.ts";
import { isSuppressed } from "../mail/suppression.ts";
import { welcomeMail } from "./welcome.mail.ts";
import {
  claimWelcome,
  releaseWelcome,
  settleWelcome,
  suppressWelcome,
  type WelcomeClaim,
} from "./welcome.repository.ts";

export type WelcomeOutcome = "sent" | "already-claimed" | "suppressed";

/**
 * Mails the welcome to a new user, and never twice.
 *
 * The profile is claimed before the mail leaves, by a condition that one call alone can meet: redelivery, duplicates and concurrent
 * consumers find the claim and do nothing. A mail that was certainly refused gives the claim back, so that a repetition can send it.
 *
 * One window nothing closes: the mail service has accepted the mail (or may have: the answer got lost), and we stop before that is
 * written down. Then the claim stays, and the mail counts as sent. A welcome that is missing costs little; a second one looks like
 * a mistake, and mail sent twice to many people costs a sender its reputation. A claim that stays in the state `sending` tells who
 * was concerned.
 *
 * An address that an earlier mail did not reach, or whose owner complained about one, gets none.
 *
 * @throws MailRefusedError when the mail did not leave; calling again may succeed
 * @throws MailUncertainError when nobody knows whether it left; calling again does nothing
 */
export async function sendWelcome(
  userId: UserId,
  { clock, mailer, appUrl }: { readonly clock: Clock; readonly mailer: Mailer; readonly appUrl: string },
): Promise<WelcomeOutcome> {
  const claim = { userId, claimId: randomUUID(), claimedAt: clock.now().toISOString() };
  const email = await claimWelcome(claim);
  if (email === undefined) return "already-claimed";
  if (await isToGetNone(email, claim)) return "suppressed";
  try {
    await mailer.send({ to: email, ...welcomeMail({ email, appUrl }) });
  } catch (error) {
    if (error instanceof MailRefusedError) await releaseWelcome(claim);
    throw error;
  }
  await settleWelcome(claim, clock.now().toISOString());
  return "sent";
}

async function isToGetNone(email: string, claim: WelcomeClaim): Promise<boolean> {
  try {
    if (!(await isSuppressed(email))) return false;
  } catch (error) {
    // Nothing has left yet: whoever tries again may send it.
    await releaseWelcome(claim);
    throw error;
  }
  await suppressWelcome(claim);
  return true;
}
