import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { problem } from "../test-problem.ts";

import { cursorOf } from "./cursor.ts";

const Position = z.tuple([z.number(), z.string()]);
const cursors = cursorOf("lst_1/todos", Position);

describe("a cursor", () => {
  it("decodes to the encoded position", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), (rank, id) => {
        const position: [number, string] = [rank === 0 ? 0 : rank, id];
        expect(cursors.decode(cursors.encode(position))).toEqual(position);
      }),
    );
  });

  it("needs no escaping in a URL", () => {
    const cursor = cursors.encode([1, "tod_ü/?"]);
    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  it("is rejected in another collection", () => {
    const cursor = cursors.encode([1, "tod_1"]);
    expect(() => cursorOf("lst_2/todos", Position).decode(cursor)).toThrow(problem("validation-failed"));
    expect(() => cursorOf("lst_1/todos", z.string()).decode(cursor)).toThrow(problem("validation-failed"));
  });

  it("is rejected when any character is changed", () => {
    const cursor = cursors.encode([42, "tod_1"]);
    for (let at = 0; at < cursor.length; at += 1) {
      const changed = cursor.slice(0, at) + (cursor[at] === "A" ? "B" : "A") + cursor.slice(at + 1);
      expect(() => cursors.decode(changed)).toThrow(problem("validation-failed"));
    }
  });

  it.each(["=", "!", "A", " "])("is rejected when followed by %j", (more) => {
    expect(() => cursors.decode(cursors.encode([42, "tod_1"]) + more)).toThrow(problem("validation-failed"));
  });

  it("rejects arbitrary text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => cursors.decode(text)).toThrow(problem("validation-failed"));
      }),
    );
  });

  it("does not contain the partition", () => {
    const text = Buffer.from(cursors.encode([1, "tod_1"]), "base64url").toString();
    expect(text).not.toContain("lst_1");
  });
});
