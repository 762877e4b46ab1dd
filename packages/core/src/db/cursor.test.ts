import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { problem } from "../test-problem.ts";

import { cursorOf } from "./cursor.ts";

const Position = z.tuple([z.number(), z.string()]);
const cursors = cursorOf("lst_1/todos", Position);

describe("a cursor", () => {
  it("comes back as the position that it was made of", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), (rank, id) => {
        const position: [number, string] = [rank === 0 ? 0 : rank, id];
        expect(cursors.decode(cursors.encode(position))).toEqual(position);
      }),
    );
  });

  it("can be put into a URL as it is", () => {
    const cursor = cursors.encode([1, "tod_ü/?"]);
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  it("means nothing in another collection", () => {
    const cursor = cursors.encode([1, "tod_1"]);
    expect(() => cursorOf("lst_2/todos", Position).decode(cursor)).toThrow(problem("validation-failed"));
    expect(() => cursorOf("lst_1/todos", z.string()).decode(cursor)).toThrow(problem("validation-failed"));
  });

  it("is refused when any of its characters has changed", () => {
    const cursor = cursors.encode([42, "tod_1"]);
    for (let at = 0; at < cursor.length; at += 1) {
      const changed = cursor.slice(0, at) + (cursor[at] === "A" ? "B" : "A") + cursor.slice(at + 1);
      expect(() => cursors.decode(changed)).toThrow(problem("validation-failed"));
    }
  });

  it.each(["=", "!", "A", " "])("is refused with %j after it", (more) => {
    expect(() => cursors.decode(cursors.encode([42, "tod_1"]) + more)).toThrow(problem("validation-failed"));
  });

  it("is refused when it is no cursor at all", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => cursors.decode(text)).toThrow(problem("validation-failed"));
      }),
    );
  });

  it("holds no partition", () => {
    const text = Buffer.from(cursors.encode([1, "tod_1"]), "base64url").toString();
    expect(text).not.toContain("lst_1");
  });
});
