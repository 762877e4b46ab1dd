import { describe, expect, it } from "vitest";
import { Problem } from "./problem.ts";
import { retry } from "./retry.ts";

/** Fails with each error in turn, then succeeds. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  let calls = 0;
  const step = async () => {
    calls += 1;
    const error = left.shift();
    if (error) throw error;
    return "done";
  };
  return { step, calls: () => calls };
}

const busy = new TypeError("busy");
const options = { attempts: 3, firstWaitMilliseconds: 1, isTemporary: (error: unknown) => error !== final };
const final = new Error("final");

describe("retry", () => {
  it("repeats a step after temporary errors", async () => {
    const { step, calls } = failing(busy, busy);
    expect(await retry(step, options)).toBe("done");
    expect(calls()).toBe(3);
  });

  it("throws a final error at once", async () => {
    const { step, calls } = failing(busy, final);
    await expect(retry(step, options)).rejects.toBe(final);
    expect(calls()).toBe(2);
  });

  it("throws temporarily-unavailable with the last error as its cause after the last attempt", async () => {
    const { step, calls } = failing(busy, busy, busy);
    await expect(retry(step, options)).rejects.toMatchObject({ code: "temporarily-unavailable", cause: busy });
    expect(calls()).toBe(3);
  });

  it("does not wrap temporarily-unavailable again", async () => {
    const unavailable = new Problem("temporarily-unavailable", { cause: busy });
    await expect(retry(failing(busy, busy, unavailable).step, options)).rejects.toBe(unavailable);
  });
});
