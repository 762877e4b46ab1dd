import { describe, expect, it } from "vitest";
import { expectedVersions, isCurrent, versionTag } from "./etag.ts";

describe("the entity tag of an item", () => {
  it("differs by version and by derived count", () => {
    const tags = [versionTag(1), versionTag(1, [0]), versionTag(1, [7]), versionTag(2, [7])];
    expect(tags).toEqual(['"1"', '"1.0"', '"1.7"', '"2.7"']);
    expect(isCurrent('"1.7"', versionTag(1, [7]))).toBe(true);
    expect(isCurrent('"1.7"', versionTag(1, [8]))).toBe(false);
  });

  it("yields its version without the derived part", () => {
    expect(expectedVersions('W/"3.17", "4", "5.1.2"')).toEqual([3, 4, 5]);
    expect(expectedVersions(undefined)).toBeUndefined();
    expect(expectedVersions("*")).toBeUndefined();
  });

  it("yields no version if it has none", () => {
    for (const tag of ['"0"', '".1"', '"3."', '"3.x"', '"x3"', "3", ""]) expect(expectedVersions(tag)).toEqual([0]);
  });
});
