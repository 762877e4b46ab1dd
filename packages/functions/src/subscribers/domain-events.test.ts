import type { AttributeValue } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { eventOf } from "./domain-events.ts";

const listId = "lst_01KAJ00000000000000000000A";
const ownerId = "usr_11111111-2222-4333-8444-555555555555";

const list = (epoch: number, name = "Groceries"): Record<string, AttributeValue> => ({
  entity: { S: "list" },
  id: { S: listId },
  ownerId: { S: ownerId },
  name: { S: name },
  epoch: { N: String(epoch) },
});
const sweep = { entity: { S: "sweep" }, listId: { S: listId }, id: { S: "sweep-1" } };

/** What a change from one image to another means. */
const meaning = (OldImage?: Record<string, AttributeValue>, NewImage?: Record<string, AttributeValue>) =>
  eventOf({ dynamodb: { ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) } });

describe("a change of the table", () => {
  it("means that a list was deleted, when its item is gone", () => {
    expect(meaning(list(3))).toEqual({ type: "list.deleted", listId, ownerId, epoch: 3 });
  });

  it("means that a list was emptied of its former epoch, when it has another", () => {
    expect(meaning(list(3), list(4))).toEqual({ type: "list.emptied", listId, epoch: 3 });
  });

  it("means that a sweep is to be carried out, when there is a new one", () => {
    const event = { type: "sweep.requested", listId, sweepId: "sweep-1" };
    expect(meaning(undefined, sweep)).toEqual(event);
    expect(meaning({ ...sweep, id: { S: "sweep-0" } }, sweep)).toEqual(event);
  });

  it("means nothing else", () => {
    expect(meaning(undefined, list(0))).toBeUndefined();
    expect(meaning(list(0), list(0, "Renamed"))).toBeUndefined();
    expect(meaning(sweep)).toBeUndefined();
    expect(meaning(undefined, { entity: { S: "todo" }, id: { S: "tod_1" } })).toBeUndefined();
  });

  it("is refused when the item is not what it should be", () => {
    expect(() => meaning({ ...list(0), ownerId: { N: "7" } })).toThrow(/ownerId/);
  });
});
