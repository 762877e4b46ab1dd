import { describe, expect, it } from "vitest";
import { FilterError } from "../streams/filter.ts";
import { compileFilterPolicy } from "./filter.ts";

const message = {
  messageId: "m",
  topicArn: "arn:aws:sns:eu-west-1:000000000000:orders",
  message: JSON.stringify({
    order: { state: "placed", items: [{ sku: "a-1" }, { sku: "b-2" }], total: 210.75 },
    gift: null,
  }),
  subject: undefined,
  timestamp: "2026-01-01T00:00:00.000Z",
  attributes: {
    event: { DataType: "String", StringValue: "order.placed" },
    price: { DataType: "Number", StringValue: "210.75" },
    interests: { DataType: "String.Array", StringValue: '["soccer", "rugby", 7, null]' },
    address: { DataType: "String", StringValue: "10.0.0.9" },
    picture: { DataType: "Binary", BinaryValue: "AAAA" },
  },
};

describe("a filter policy on attributes", () => {
  it.each<[object, boolean]>([
    [{ event: ["order.placed"] }, true],
    [{ event: ["order.cancelled", "order.placed"] }, true],
    [{ event: ["order.cancelled"] }, false],
    [{ event: [{ prefix: "order." }] }, true],
    [{ event: [{ suffix: ".placed" }] }, true],
    [{ event: [{ "equals-ignore-case": "ORDER.placed" }] }, true],
    [{ event: [{ wildcard: "o*.p*d" }] }, true],
    [{ event: [{ wildcard: "o*.c*" }] }, false],
    [{ event: [{ "anything-but": ["order.placed"] }] }, false],
    [{ event: [{ "anything-but": { prefix: "user." } }] }, true],
    [{ event: [{ "anything-but": { suffix: [".x", ".placed"] } }] }, false],
    [{ price: [210.75] }, true],
    [{ price: [{ numeric: [">", 100, "<=", 300] }] }, true],
    [{ price: [{ numeric: ["<", 100] }] }, false],
    [{ interests: ["rugby"] }, true],
    [{ interests: [7] }, true],
    [{ interests: ["chess"] }, false],
    [{ interests: [{ "anything-but": ["rugby"] }] }, true],
    [{ address: [{ cidr: "10.0.0.0/24" }] }, true],
    [{ address: [{ cidr: "10.0.1.0/24" }] }, false],
    [{ event: [{ exists: true }], missing: [{ exists: false }] }, true],
    [{ missing: [{ exists: true }] }, false],
    [{ picture: [{ exists: true }] }, false],
    [{ event: ["order.placed"], price: [1] }, false],
    [{ $or: [{ event: ["user.created"] }, { price: [210.75] }] }, true],
    [{ event: ["order.placed"], $or: [{ price: [1] }, { price: [2] }] }, false],
  ])("%j", (policy, expected) => {
    expect(compileFilterPolicy(policy, "MessageAttributes")(message)).toBe(expected);
  });

  it("rejects every message without attributes", () => {
    const wants = compileFilterPolicy({ missing: [{ exists: false }] }, "MessageAttributes");
    expect(wants({ ...message, attributes: {} })).toBe(false);
  });
});

describe("a filter policy on the body", () => {
  it.each<[object, boolean]>([
    [{ order: { state: ["placed"] } }, true],
    [{ order: { state: ["sent"] } }, false],
    [{ order: { items: { sku: [{ prefix: "b-" }] } } }, true],
    [{ order: { total: [{ numeric: [">=", 210.75] }] } }, true],
    [{ gift: [null] }, true],
    [{ order: { discount: [{ exists: false }] } }, true],
  ])("%j", (policy, expected) => {
    expect(compileFilterPolicy(policy, "MessageBody")(message)).toBe(expected);
  });

  it("rejects a message that is not JSON", () => {
    const wants = compileFilterPolicy({ a: [{ exists: false }] }, "MessageBody");
    expect(wants({ ...message, message: "plain" })).toBe(false);
  });
});

it("throws for an unsupported rule", () => {
  for (const rule of [{ like: "x" }, { cidr: "10.0.0.0/99" }, { wildcard: 1 }, { numeric: ["~", 1] }])
    expect(() => compileFilterPolicy({ event: [rule] }, "MessageAttributes")).toThrow(FilterError);
});
