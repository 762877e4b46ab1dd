import { randomUUID } from "node:crypto";
import * as z from "zod";
import { entity, firstVersion } from "../db/entity.ts";
import { noticeKey } from "../db/keys.ts";
import { isNew } from "../db/version.ts";
import { ConditionFailed, type Write, write, writeIf } from "../db/write.ts";
import type { Notice } from "./notice.ts";

/** Longer than the maximum age of the event that triggers the mail. */
const keptSeconds = 2 * 24 * 60 * 60;

const notices = entity({
  name: "notice",
  schema: z.object({
    id: z.string(),
    kind: z.custom<Notice["kind"]>(),
    email: z.string(),
    claim: z.object({ id: z.string(), claimedAt: z.iso.datetime() }).optional(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["id"],
  keyOf: ({ id }) => noticeKey(id),
});

/** The exclusive right to send the mail of a notice. */
export interface NoticeClaim {
  readonly noticeId: string;
  readonly claimId: string;
  /** ISO 8601 */
  readonly claimedAt: string;
}

/** Stores a notice in one round trip. The stream consumer mails it. */
export async function create(notice: Notice, now: Date): Promise<void> {
  // The id is new, so an existing item is this notice: an earlier attempt wrote it, and its response was lost.
  await writeIf(noticeWrite(notice, now));
}

/** Returns the write that stores a notice. */
export function noticeWrite(notice: Notice, now: Date): Write {
  const expiresAt = Math.floor(now.getTime() / 1000) + keptSeconds;
  return notices.put({ ...notice, id: randomUUID(), expiresAt, ...firstVersion(now.toISOString()) }, isNew);
}

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
    const changes = { claim: { id: claimId, claimedAt } };
    const isUnclaimed = { version: { exists: true }, claim: { exists: false } };
    const { kind, email, createdAt: at } = await notices.updateAndGet({ id: noticeId }, changes, isUnclaimed);
    return { kind, email, at };
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
}

/** Releases a claim after a mail that was certainly not sent. */
export async function release({ noticeId, claimId }: NoticeClaim): Promise<void> {
  await writeIf(notices.update({ id: noticeId }, { claim: null }, { "claim.id": claimId }));
}

/** Deletes a notice that needs no mail anymore, including its email address. */
export async function remove(noticeId: string): Promise<void> {
  await write(notices.delete({ id: noticeId }));
}
