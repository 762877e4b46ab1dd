import { describe, expect, it } from "vitest";
import { userIdOf } from "../ids.ts";
import { readerIdOf } from "./reader-id.ts";

describe("readerIdOf", () => {
  const sub = "6f1c2b1e-0d0a-4d0e-9d39-3f0f2f2b7a11";

  it("returns the same public id for the same user, which stored blocks depend on", () => {
    expect(readerIdOf(userIdOf(sub))).toBe("rdr_3587a90095a85744e0af063f7b5d7352");
  });

  it("returns another id for another user, and nothing of the sub in either", () => {
    const ids = [readerIdOf(userIdOf(sub)), readerIdOf(userIdOf(sub.replace("6f1c", "6f1d")))];
    expect(new Set(ids).size).toBe(2);
    for (const part of sub.split("-")) expect(ids.join()).not.toContain(part);
  });
});
