import { describe, expect, it } from "vitest";
import { KeySequence } from "./keys.ts";

const names = new Set(["n", "g i", "?"]);
const press = (key: string, timeStamp = 0, more = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  timeStamp,
  ...more,
});

describe("shortcuts", () => {
  it("recognizes single keys and sequences of two keys", () => {
    const keys = new KeySequence();
    expect(["n", "g", "i", "i", "?"].map((key) => keys.press(press(key), names))).toEqual([
      "n",
      undefined,
      "g i",
      undefined,
      "?",
    ]);
  });

  it("ignores keys pressed with Alt, Ctrl or Meta", () => {
    const keys = new KeySequence();
    for (const modifier of ["altKey", "ctrlKey", "metaKey"])
      expect(keys.press(press("n", 0, { [modifier]: true }), names)).toBeUndefined();
  });

  it("drops the first key of a sequence after a pause, and after any other key", () => {
    const keys = new KeySequence();
    keys.press(press("g", 0), names);
    expect(keys.press(press("i", 2_000), names)).toBeUndefined();
    keys.press(press("g", 3_000), names);
    keys.press(press("x", 3_100), names);
    expect(keys.press(press("i", 3_200), names)).toBeUndefined();
  });
});
