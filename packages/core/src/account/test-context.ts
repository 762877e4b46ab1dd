import { randomInt } from "node:crypto";
import type { ProofContext } from "./proof.ts";
import type { TestUserPool } from "./test-user-pool.ts";

/** Context of an unknown browser at an address that no other test uses. */
export const strangerAt = ({ identity }: TestUserPool): ProofContext => ({
  identity,
  clock: { now: () => new Date("2026-11-29T10:00:00.000Z") },
  caller: { clientAddress: `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`, device: undefined },
});
