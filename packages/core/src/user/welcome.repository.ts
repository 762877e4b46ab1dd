import type { FormattedItem } from "dynamodb-toolbox/entity";
import { $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import type { UserId } from "../ids.ts";
import { ProfileItem } from "./user.repository.ts";

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
    const { Attributes } = await ProfileItem.build(UpdateAttributesCommand)
      .item({ id: userId, welcome: { state: "sending", ...claim } })
      .options({
        condition: {
          and: [
            { attr: "version", exists: true },
            { attr: "welcome", exists: false },
          ],
        },
        returnValues: "ALL_NEW",
      })
      .send();
    return Attributes?.email;
  } catch (error) {
    if (isConditionCheckFailed(error)) return undefined;
    throw error;
  }
}

/** Releases a claim after a mail that was certainly not sent. Ignores the claim of another call. */
export async function releaseWelcome({ userId, claimId }: WelcomeClaim): Promise<void> {
  await updateClaimed(userId, claimId, $remove());
}

/** Records that the mail was sent. `sentAt` is an ISO 8601 time. */
export async function settleWelcome({ userId, ...claim }: WelcomeClaim, sentAt: string): Promise<void> {
  await updateClaimed(userId, claim.claimId, { state: "sent", ...claim, sentAt });
}

/** Records that the mail is never sent, because the address is suppressed. */
export async function suppressWelcome({ userId, ...claim }: WelcomeClaim): Promise<void> {
  await updateClaimed(userId, claim.claimId, { state: "suppressed", ...claim });
}

async function updateClaimed(
  id: UserId,
  claimId: string,
  welcome: Welcome | ReturnType<typeof $remove>,
): Promise<void> {
  try {
    await ProfileItem.build(UpdateAttributesCommand)
      .item({ id, welcome })
      .options({ condition: { attr: "welcome.claimId", eq: claimId } })
      .send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}

type Welcome = NonNullable<FormattedItem<typeof ProfileItem>["welcome"]>;
