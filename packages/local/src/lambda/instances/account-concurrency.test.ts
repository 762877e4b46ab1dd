import { describe, expect, it } from "vitest";
import { functionOf } from "../../test-cloud.ts";
import { createAccountConcurrency } from "./account-concurrency.ts";

const shared = functionOf("shared");
const reserving = (concurrency: number) => ({ ...functionOf("reserving"), concurrency });

describe("an account's concurrency", () => {
  it("admits invocations up to the quota, and another one when one has ended", () => {
    const account = createAccountConcurrency(2, [shared]);
    const first = account.acquire(shared);
    expect(account.acquire(shared)).toBeDefined();
    expect(account.acquire(shared)).toBeUndefined();
    first?.release();
    expect(account.acquire(shared)).toBeDefined();
  });

  it("excludes reserved concurrency from the shared quota", () => {
    const account = createAccountConcurrency(101, [shared, reserving(1)]);
    const places = Array.from({ length: 101 }, () => account.acquire(shared)).filter((place) => place !== undefined);
    expect(places).toHaveLength(100);
    expect(account.acquire(reserving(1))).toBeDefined();
  });

  it("refuses a reservation that leaves less than 100, and any reservation with a quota below 100", () => {
    expect(() => createAccountConcurrency(109, [reserving(10)])).toThrow("below its minimum value of 100");
    expect(() => createAccountConcurrency(10, [reserving(1)])).toThrow("below its minimum value of 10");
  });
});
