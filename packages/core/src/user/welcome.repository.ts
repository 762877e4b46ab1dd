import type { FormattedItem } from "dynamodb-toolbox/entity";
import { $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import type { UserId } from "../ids.ts";
import { ProfileItem } from "./user.repository.ts";

/** The right to send the welcome email, which a profile gives once. */
export interface WelcomeClaim {
  readonly userId: UserId;
  readonly claimId: string;
  /** ISO 8601 */
  readonly claimedAt: string;
}

/** @returns the address to write to, or nothing when the email is claimed, or the profile gone */
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

/** Gives the right back, for a mail that certainly did not leave. Somebody else's claim stays. */
export async function releaseWelcome({ userId, claimId }: WelcomeClaim): Promise<void> {
  await updateClaimed(userId, claimId, $remove());
}

/** Writes down that the mail left. `sentAt` is an ISO 8601 time. */
export async function settleWelcome({ userId, ...claim }: WelcomeClaim, sentAt: string): Promise<void> {
  await updateClaimed(userId, claim.claimId, { state: "sent", ...claim, sentAt });
}

/** Writes down that the mail was not sent, and never will be: the address gets none. */
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
