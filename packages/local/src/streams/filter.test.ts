import { describe, expect, it } from "vitest";
import { compileFilter, FilterError } from "./filter.ts";

const insert = {
  eventName: "INSERT",
  dynamodb: {
    Keys: { pk: { S: "USER#1" }, sk: { S: "PROFILE" } },
    NewImage: { title: { S: "Buy milk" }, tags: { SS: ["home", "shop"] }, empty: { S: "" } },
    SizeBytes: 120,
  },
};
const matches = (pattern: unknown) => compileFilter(pattern)(insert);
const title = (rule: unknown) => ({ dynamodb: { NewImage: { title: { S: [rule] } } } });

describe("compileFilter", () => {
  it.each<[unknown, boolean]>([
    [{ eventName: ["INSERT"] }, true],
    [{ eventName: ["MODIFY", "INSERT"] }, true],
    [{ eventName: ["MODIFY"] }, false],
    [{ eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["PROFILE"] } } } }, true],
    [{ eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["LIST"] } } } }, false],
    [title({ prefix: "Buy" }), true],
    [title({ suffix: "milk" }), true],
    [title({ prefix: "Sell" }), false],
    [title({ "equals-ignore-case": "buy MILK" }), true],
    [title({ "anything-but": ["Buy milk"] }), false],
    [title({ "anything-but": "other" }), true],
    [title({ "anything-but": { prefix: "Buy" } }), false],
    [title({ exists: true }), true],
    [title({ exists: false }), false],
    [{ dynamodb: { OldImage: { title: { S: [{ exists: false }] } } } }, true],
    [{ dynamodb: { OldImage: { title: { S: [{ "anything-but": "x" }] } } } }, false],
    [{ dynamodb: { NewImage: { empty: { S: [""] } } } }, true],
    [{ dynamodb: { NewImage: { tags: { SS: ["shop"] } } } }, true],
    [{ dynamodb: { SizeBytes: [{ numeric: [">", 100, "<=", 120] }] } }, true],
    [{ dynamodb: { SizeBytes: [{ numeric: ["<", 100] }] } }, false],
    [{ $or: [{ eventName: ["REMOVE"] }, title("Buy milk")] }, true],
    [{ $or: [{ eventName: ["REMOVE"] }, title("Sell")] }, false],
    [{ userIdentity: { type: ["Service"] } }, false],
    ['{"eventName":["INSERT"]}', true],
  ])("%j", (pattern, expected) => {
    expect(matches(pattern)).toBe(expected);
  });

  it("throws for an unknown rule when the filter is compiled, not when a record arrives", () => {
    expect(() => compileFilter({ eventName: [{ wildcard: "I*" }] })).toThrow(FilterError);
    expect(() => compileFilter({ eventName: "INSERT" })).toThrow("a pattern is an object of lists");
  });
});
