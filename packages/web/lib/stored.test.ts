import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { fromJson, fromStored, type StoredFormat, textIn, toStored } from "./stored.ts";

const One = v.object({ title: v.string() });
const Three = v.object({ title: v.string(), minutes: v.nullable(v.number()), tags: v.array(v.string()) });
const one: StoredFormat<v.InferOutput<typeof One>> = { schema: One, upgrades: [] };
/** Version 3 of the format: each version adds a member. */
const three: StoredFormat<v.InferOutput<typeof Three>> = {
  schema: Three,
  upgrades: [(record) => ({ ...record, minutes: null }), (record) => ({ ...record, tags: [] })],
};

describe("a stored record", () => {
  it("is read by the version that wrote it", () => {
    expect(fromStored(one, toStored(one, { title: "Milk" }))).toEqual({ title: "Milk" });
    expect(toStored(three, { title: "Milk", minutes: 5, tags: [] }).format).toBe(3);
  });

  it("without a version counts as version 1, and is upgraded step by step", () => {
    expect(fromStored(three, { title: "Milk" })).toEqual({ title: "Milk", minutes: null, tags: [] });
    expect(fromStored(three, { title: "Milk", minutes: 5, format: 2 })).toEqual({
      title: "Milk",
      minutes: 5,
      tags: [],
    });
  });

  it("is not read if a later version wrote it", () => {
    expect(fromStored(one, { title: "Milk", format: 2 })).toBeUndefined();
  });

  it("is not read if it is damaged or its upgrade fails", () => {
    const failing: StoredFormat<unknown> = {
      schema: v.unknown(),
      upgrades: [
        () => {
          throw new TypeError("There is no such member");
        },
      ],
    };
    expect([fromStored(one, { title: 5 }), fromStored(one, null), fromStored(one, "Milk")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([fromStored(failing, {}), fromStored(one, fromJson("{"))]).toEqual([undefined, undefined]);
  });
});

describe("the text of an unreadable record", () => {
  it("contains each text that the user wrote once", () => {
    const entry = {
      format: 9,
      id: "3f",
      change: { content: { title: "Milk", notes: "Oat", order: 5 }, base: { title: "Milk" } },
    };
    expect(textIn(entry)).toBe("Milk\nOat");
  });

  it("is the whole record if no member contains user text", () => {
    expect(textIn({ format: 9 })).toBe('{\n  "format": 9\n}');
    expect(textIn("{ Milk")).toBe("{ Milk");
  });
});
