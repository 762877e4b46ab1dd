import * as z from "zod";
import { entity, nextVersion } from "../db/entity.ts";
import { add } from "../db/expression.ts";
import { accountAttemptsKey, addressAttemptsKey } from "../db/keys.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { isNew } from "../db/version.ts";
import { write, writeIf } from "../db/write.ts";
import { addressLimits } from "./attempt.limits.ts";
import { type AccountState, blankState, expiryOf } from "./attempt.state.ts";

const accountAttempts = entity({
  name: "account-attempts",
  schema: z.object({
    /** Hash of the account's email address or user id. */
    account: z.string(),
    tallies: z.custom<AccountState["tallies"]>(),
    devices: z.custom<AccountState["devices"]>(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["account"],
  keyOf: ({ account }) => accountAttemptsKey(account),
});

/** Number of attempts of an address in a fixed time window. */
const addressAttempts = entity({
  name: "address-attempts",
  schema: z.object({
    address: z.string(),
    stretch: z.int(),
    attempts: z.int(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["address", "stretch"],
  keyOf: ({ address, stretch }) => addressAttemptsKey(address, stretch),
});

/** A state with the version that the next write replaces. The version is 0 if there is no item yet. */
export interface StoredState {
  readonly state: AccountState;
  readonly version: number;
  readonly createdAt: string | undefined;
}

/** Returns the state of an account. One consistent round trip. */
export async function find(account: string): Promise<StoredState> {
  const stored = await accountAttempts.get({ account });
  if (!stored) return { state: blankState, version: 0, createdAt: undefined };
  const { tallies, devices, version, createdAt } = stored;
  return { state: { tallies, devices }, version, createdAt };
}

/**
 * Replaces the version that was read. One round trip.
 *
 * @throws OptimisticLockError when another request has written first
 */
export async function save(account: string, before: StoredState, state: AccountState, now: Date): Promise<StoredState> {
  const { version, createdAt = now.toISOString() } = before;
  const put = accountAttempts.put(
    {
      account,
      ...state,
      expiresAt: expiryOf(state, secondsOf(now)),
      ...{ createdAt, updatedAt: now.toISOString(), version: version + 1 },
    },
    version === 0 ? isNew : { version },
  );
  if (!(await writeIf(put))) throw new OptimisticLockError();
  return { state, version: version + 1, createdAt };
}

/** Deletes the state of an account. */
export async function remove(account: string): Promise<void> {
  await write(accountAttempts.delete({ account }));
}

/** Counts an attempt of an address. One round trip. @returns 0 when it was counted, otherwise the seconds to wait */
export async function countAddress(address: string, now: Date): Promise<number> {
  const stretch = stretchOf(now);
  const counted = addressAttempts.upsert(
    { address, stretch },
    { attempts: add(1), expiresAt: (stretch + 2) * addressLimits.seconds },
    now.toISOString(),
    [isNew, { attempts: { lt: addressLimits.times } }],
  );
  return (await writeIf(counted)) ? 0 : restOf(now);
}

/**
 * Subtracts attempts of an address from the window that contains `countedAt`. One round trip. Example: an address has 3
 * attempts in the window, and 2 of them turn out to be successful. 1 is left.
 */
export async function takeBackAddress(address: string, attempts: number, countedAt: Date, now: Date): Promise<void> {
  const key = { address, stretch: stretchOf(countedAt) };
  const changes = { attempts: add(-attempts), ...nextVersion(now.toISOString()) };
  await writeIf(addressAttempts.update(key, changes, { attempts: { gte: attempts } }));
}

export const secondsOf = (time: Date) => Math.floor(time.getTime() / 1000);
const stretchOf = (time: Date) => Math.floor(secondsOf(time) / addressLimits.seconds);
const restOf = (time: Date) => (stretchOf(time) + 1) * addressLimits.seconds - secondsOf(time);
