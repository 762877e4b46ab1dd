import { randomUUID } from "node:crypto";
import { Entity } from "dynamodb-toolbox/entity";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, map, number, string } from "dynamodb-toolbox/schema";
import { noticeKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { isNew } from "../db/version.ts";
import type { Notice } from "./notice.ts";

/** Longer than the maximum age of the event that triggers the mail. */
const keptSeconds = 2 * 24 * 60 * 60;

const NoticeItem = new Entity({
  name: "notice",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    kind: string().enum(
      "password-changed",
      "password-reset",
      "second-factor-on",
      "second-factor-off",
      "recovery-code-used",
      "recovery-codes-replaced",
      "account-deleted",
    ),
    email: string(),
    claim: map({ id: string(), claimedAt: string() }).optional(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => noticeKey(id),
});

/** The exclusive right to send the mail of a notice. */
export interface NoticeClaim {
  readonly noticeId: string;
  readonly claimId: string;
  /** ISO 8601 */
  readonly claimedAt: string;
}

const itemOf = (notice: Notice, now: Date) => ({
  ...notice,
  id: randomUUID(),
  expiresAt: Math.floor(now.getTime() / 1000) + keptSeconds,
  ...{ createdAt: now.toISOString(), updatedAt: now.toISOString(), version: 1 },
});

/** Stores a notice in one round trip. The stream consumer mails it. */
export async function create(notice: Notice, now: Date): Promise<void> {
  await NoticeItem.build(PutItemCommand).item(itemOf(notice, now)).send();
}

/** Returns the transaction entry that stores a notice. */
export const noticeWrite = (notice: Notice, now: Date) =>
  NoticeItem.build(PutTransaction).item(itemOf(notice, now)).options({ condition: isNew });

/**
 * Claims a notice. @returns the notice, or undefined when it is claimed already or gone. `at` is when it happened (ISO
 * 8601)
 */
export async function claim({
  noticeId,
  claimId,
  claimedAt,
}: NoticeClaim): Promise<(Notice & { readonly at: string }) | undefined> {
  try {
    const { Attributes } = await NoticeItem.build(UpdateAttributesCommand)
      .item({ id: noticeId, claim: { id: claimId, claimedAt } })
      .options({
        condition: {
          and: [
            { attr: "version", exists: true },
            { attr: "claim", exists: false },
          ],
        },
        returnValues: "ALL_NEW",
      })
      .send();
    return Attributes && { kind: Attributes.kind, email: Attributes.email, at: Attributes.createdAt };
  } catch (error) {
    if (isConditionCheckFailed(error)) return undefined;
    throw error;
  }
}

/** Releases a claim after a mail that was certainly not sent. */
export async function release({ noticeId, claimId }: NoticeClaim): Promise<void> {
  try {
    await NoticeItem.build(UpdateAttributesCommand)
      .item({ id: noticeId, claim: $remove() })
      .options({ condition: { attr: "claim.id", eq: claimId } })
      .send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}

/** Deletes a notice that needs no mail anymore, including its email address. */
export async function remove(noticeId: string): Promise<void> {
  await NoticeItem.build(DeleteItemCommand).key({ id: noticeId }).send();
}
