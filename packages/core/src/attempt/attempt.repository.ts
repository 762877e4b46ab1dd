import { Entity } from "dynamodb-toolbox/entity";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { $add, $get } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, list, map, number, record, string } from "dynamodb-toolbox/schema";
import { accountAttemptsKey, addressAttemptsKey } from "../db/keys.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { itemAttributes, table } from "../db/table.ts";
import { isNew } from "../db/version.ts";
import { addressLimits } from "./attempt.limits.ts";
import { type AccountState, blankState, expiryOf } from "./attempt.state.ts";

const AccountAttemptsItem = new Entity({
  name: "account-attempts",
  table,
  timestamps: false,
  schema: item({
    /** Hash of the account's email address or user id. */
    account: string().key(),
    tallies: record(string(), map({ lastAt: number(), counts: record(string(), number()) })),
    devices: list(map({ hash: string(), expiresAt: number() })),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ account }) => accountAttemptsKey(account),
});

/** Number of attempts of an address in a fixed time window. */
const AddressAttemptsItem = new Entity({
  name: "address-attempts",
  table,
  timestamps: false,
  schema: item({
    address: string().key(),
    stretch: number().key(),
    attempts: number(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ address, stretch }) => addressAttemptsKey(address, stretch),
});

/** A state with the version that the next write replaces. The version is 0 if there is no item yet. */
export interface StoredState {
  readonly state: AccountState;
  readonly version: number;
  readonly createdAt: string | undefined;
}

/** Returns the state of an account. One consistent round trip. */
export async function find(account: string): Promise<StoredState> {
  const { Item } = await AccountAttemptsItem.build(GetItemCommand)
    .key({ account })
    .options({ consistent: true })
    .send();
  if (!Item) return { state: blankState, version: 0, createdAt: undefined };
  const { tallies, devices, version, createdAt } = Item;
  return { state: { tallies, devices }, version, createdAt };
}

/**
 * Replaces the version that was read. One round trip.
 *
 * @throws OptimisticLockError when another request has written first
 */
export async function save(account: string, before: StoredState, state: AccountState, now: Date): Promise<StoredState> {
  const { version, createdAt = now.toISOString() } = before;
  const command = AccountAttemptsItem.build(PutItemCommand)
    .item({
      account,
      tallies: Object.fromEntries(Object.entries(state.tallies)),
      devices: [...state.devices],
      expiresAt: expiryOf(state, secondsOf(now)),
      ...{ createdAt, updatedAt: now.toISOString(), version: version + 1 },
    })
    .options({ condition: version === 0 ? isNew : { attr: "version", eq: version } });
  try {
    await command.send();
    return { state, version: version + 1, createdAt };
  } catch (error) {
    if (isConditionCheckFailed(error)) throw new OptimisticLockError({ cause: error });
    throw error;
  }
}

/** Deletes the state of an account. */
export async function remove(account: string): Promise<void> {
  await AccountAttemptsItem.build(DeleteItemCommand).key({ account }).send();
}

/** Counts an attempt of an address. One round trip. @returns 0 when it was counted, otherwise the seconds to wait */
export async function countAddress(address: string, now: Date): Promise<number> {
  const stretch = stretchOf(now);
  const command = AddressAttemptsItem.build(UpdateAttributesCommand)
    .item({
      ...{ address, stretch, attempts: $add(1), version: $add(1), schemaVersion: 1 },
      expiresAt: (stretch + 2) * addressLimits.seconds,
      createdAt: $get("createdAt", now.toISOString()),
      updatedAt: now.toISOString(),
    })
    .options({
      condition: {
        or: [
          { attr: "version", exists: false },
          { attr: "attempts", lt: addressLimits.times },
        ],
      },
    });
  try {
    await command.send();
    return 0;
  } catch (error) {
    if (isConditionCheckFailed(error)) return restOf(now);
    throw error;
  }
}

/**
 * Subtracts attempts of an address from the window that contains `countedAt`. One round trip. Example: an address has 3
 * attempts in the window, and 2 of them turn out to be successful. 1 is left.
 */
export async function takeBackAddress(address: string, attempts: number, countedAt: Date, now: Date): Promise<void> {
  const command = AddressAttemptsItem.build(UpdateAttributesCommand)
    .item({
      ...{ address, stretch: stretchOf(countedAt), updatedAt: now.toISOString() },
      ...{ attempts: $add(-attempts), version: $add(1) },
    })
    .options({ condition: { attr: "attempts", gte: attempts } });
  try {
    await command.send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
}

export const secondsOf = (time: Date) => Math.floor(time.getTime() / 1000);
const stretchOf = (time: Date) => Math.floor(secondsOf(time) / addressLimits.seconds);
const restOf = (time: Date) => (stretchOf(time) + 1) * addressLimits.seconds - secondsOf(time);
