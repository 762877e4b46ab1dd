import { randomUUID } from "node:crypto";
import type { UserId } from "../ids.ts";
import { type MailContext, MailRefusedError } from "../mail/mailer.ts";
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
 * Mails the welcome to a new user, at most once.
 *
 * A conditional write claims the profile before the mail is sent. Redeliveries, duplicates and concurrent consumers
 * find the claim and do nothing. If the mail was certainly refused, the claim is released, so that a retry can send it.
 *
 * If the mail service may have accepted the mail and this function stops before it records that, the claim stays in
 * state `sending`, and the mail counts as sent. A missing welcome costs little, but duplicate mail looks like a mistake
 * and harms the sender's reputation.
 *
 * A suppressed address gets no mail.
 *
 * @throws MailRefusedError when the mail was not sent; a retry may succeed
 * @throws MailUncertainError when it may have been sent; a retry does nothing
 */
export async function sendWelcome({ clock, mailer, appUrl }: MailContext, userId: UserId): Promise<WelcomeOutcome> {
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
    // No mail was sent yet, so a retry may send it.
    await releaseWelcome(claim);
    throw error;
  }
  await suppressWelcome(claim);
  return true;
}
