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
    /** A hash of the account's address or id. */
    account: string().key(),
    tallies: record(string(), map({ lastAt: number(), counts: record(string(), number()) })),
    devices: list(map({ hash: string(), expiresAt: number() })),
    /** Epoch seconds: the table's TTL. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ account }) => accountAttemptsKey(account),
});

/** How many attempts an address has made within a fixed stretch of time. */
const AddressAttemptsItem = new Entity({
  name: "address-attempts",
  table,
  timestamps: false,
  schema: item({
    address: string().key(),
    stretch: number().key(),
    attempts: number(),
    /** Epoch seconds: the table's TTL. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ address, stretch }) => addressAttemptsKey(address, stretch),
});

/** A state with the version that a write replaces; 0 when there is no item yet. */
export interface StoredState {
  readonly state: AccountState;
  readonly version: number;
  readonly createdAt: string | undefined;
}

/** One consistent round trip. */
export async function find(account: string): Promise<StoredState> {
  const { Item } = await AccountAttemptsItem.build(GetItemCommand)
    .key({ account })
    .options({ consistent: true })
    .send();
  if (!Item) return { state: blankState, version: 0, createdAt: undefined };
  const { tallies, devices, version, createdAt } = Item;
  return { state: { tallies, devices }, version, createdAt };
}

/** Replaces the version that was read; one round trip. @throws OptimisticLockError when another request was faster */
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

/** Forgets everything about an account. */
export async function remove(account: string): Promise<void> {
  await AccountAttemptsItem.build(DeleteItemCommand).key({ account }).send();
}

/** Counts an attempt of an address; one round trip. @returns how many seconds to wait instead; 0 when it was counted */
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

/** Takes back attempts of an address, within the stretch of time of the last of them; one round trip. */
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
