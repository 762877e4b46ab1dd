import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type UserId, userIdOf } from "../ids.ts";
import { recoveryCodesCount } from "./recovery.code.ts";
import { codesLeft, removeCodes, replaceCodes, spendCode } from "./recovery.service.ts";
import { RecoveryCode } from "./recovery.ts";

const clock = { now: () => new Date("2026-11-29T10:00:00.000Z") };

let table: TestTable;
let userId: UserId;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(() => {
  userId = userIdOf(randomUUID());
});

describe("recovery codes", () => {
  it("are ten codes that each work once", async () => {
    const codes = await replaceCodes({ clock }, userId);
    expect(new Set(codes).size).toBe(recoveryCodesCount);
    for (const [used, code] of codes.entries()) {
      expect(await codesLeft(userId)).toBe(recoveryCodesCount - used);
      expect([await spendCode({ clock }, userId, code), await spendCode({ clock }, userId, code)]).toEqual([
        true,
        false,
      ]);
    }
    expect(await codesLeft(userId)).toBe(0);
  });

  it("work once with parallel requests", async () => {
    const [code = ""] = await replaceCodes({ clock }, userId);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => spendCode({ clock }, userId, code)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it("are all replaced by new ones", async () => {
    const [before = ""] = await replaceCodes({ clock }, userId);
    const [after = ""] = await replaceCodes({ clock }, userId);
    expect([await spendCode({ clock }, userId, before), await spendCode({ clock }, userId, after)]).toEqual([
      false,
      true,
    ]);
  });

  it("belong to one user and are removed with the second factor", async () => {
    const [code = "", next = ""] = await replaceCodes({ clock }, userId);
    expect(await spendCode({ clock }, userIdOf(randomUUID()), code)).toBe(false);
    await removeCodes(userId);
    expect([await spendCode({ clock }, userId, next), await codesLeft(userId)]).toEqual([false, 0]);
  });

  it("are stored as hashes only", async () => {
    const codes = await replaceCodes({ clock }, userId);
    const stored = JSON.stringify(await table.items(), (_, value) => (value instanceof Set ? [...value] : value));
    for (const code of codes) {
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(code.replaceAll("-", ""));
    }
  });

  it("are accepted with lower case, spaces and look-alike letters", async () => {
    const [code = ""] = await replaceCodes({ clock }, userId);
    const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
    expect(RecoveryCode.parse(typed)).toBe(code.replaceAll("-", ""));
    expect(await spendCode({ clock }, userId, RecoveryCode.parse(typed))).toBe(true);
    for (const wrong of ["", "123456", `${code}A`, code.replace(/.$/, "U")]) {
      expect(RecoveryCode.safeParse(wrong).success).toBe(false);
    }
  });
});
