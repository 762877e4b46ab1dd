import { randomInt } from "node:crypto";
import { userIdOf } from "../ids.ts";
import type { OwnerContext } from "./proof.ts";
import type { TestUserPool } from "./test-user-pool.ts";

/** Context of an unknown browser at an address that no other test uses, with the pool's user. */
export const strangerAt = ({ identity, sub }: TestUserPool): OwnerContext => ({
  identity,
  actor: { userId: userIdOf(sub) },
  clock: { now: () => new Date("2026-11-29T10:00:00.000Z") },
  caller: { clientAddress: `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`, device: undefined },
});
