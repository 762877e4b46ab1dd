import type { RecordOf } from "../db/entity.ts";
import { ConditionFailed, writeIf } from "../db/write.ts";
import type { UserId } from "../ids.ts";
import { profiles } from "./user.repository.ts";

/** The exclusive right to send the welcome mail of a profile. */
export interface WelcomeClaim {
  readonly userId: UserId;
  readonly claimId: string;
  /** ISO 8601 */
  readonly claimedAt: string;
}

/**
 * Claims the welcome mail. @returns the email address, or undefined if the mail is claimed already or the profile is
 * gone
 */
export async function claimWelcome({ userId, ...claim }: WelcomeClaim): Promise<string | undefined> {
  try {
    const changes = { welcome: { state: "sending" as const, ...claim } };
    const isUnclaimed = { version: { exists: true }, welcome: { exists: false } };
    const { email } = await profiles.updateAndGet({ id: userId }, changes, isUnclaimed);
    return email;
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
}

/** Releases a claim after a mail that was certainly not sent. Ignores the claim of another call. */
export async function releaseWelcome({ userId, claimId }: WelcomeClaim): Promise<void> {
  await updateClaimed(userId, claimId, null);
}

/** Records that the mail was sent. `sentAt` is an ISO 8601 time. */
export async function settleWelcome({ userId, ...claim }: WelcomeClaim, sentAt: string): Promise<void> {
  await updateClaimed(userId, claim.claimId, { state: "sent", ...claim, sentAt });
}

/** Records that the mail is never sent, because the address is suppressed. */
export async function suppressWelcome({ userId, ...claim }: WelcomeClaim): Promise<void> {
  await updateClaimed(userId, claim.claimId, { state: "suppressed", ...claim });
}

async function updateClaimed(id: UserId, claimId: string, welcome: Welcome | null): Promise<void> {
  await writeIf(profiles.update({ id }, { welcome }, { "welcome.claimId": claimId }));
}

type Welcome = NonNullable<RecordOf<typeof profiles>["welcome"]>;
