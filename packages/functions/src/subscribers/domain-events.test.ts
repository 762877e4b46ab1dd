import type { AttributeValue } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { eventsOf } from "./domain-events.ts";

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

/** Returns the event of a change between two images. */
const meaning = (OldImage?: Record<string, AttributeValue>, NewImage?: Record<string, AttributeValue>) =>
  eventsOf({ dynamodb: { ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) } })[0];

describe("eventsOf", () => {
  it("returns list.deleted when the list item is deleted", () => {
    expect(meaning(list(3))).toEqual({ type: "list.deleted", listId, ownerId, epoch: 3 });
  });

  it("returns list.emptied with the former epoch when the epoch changes", () => {
    expect(meaning(list(3), list(4))).toEqual({ type: "list.emptied", listId, epoch: 3 });
  });

  it("returns sweep.requested for a new sweep", () => {
    const event = { type: "sweep.requested", listId, sweepId: "sweep-1" };
    expect(meaning(undefined, sweep)).toEqual(event);
    expect(meaning({ ...sweep, id: { S: "sweep-0" } }, sweep)).toEqual(event);
  });

  it("returns media.deleted when the item of an upload is deleted", () => {
    const media = { entity: { S: "media" }, id: { S: "med_01KAJ00000000000000000000C" } };
    expect(meaning(media)).toEqual({ type: "media.deleted", mediaId: "med_01KAJ00000000000000000000C" });
    expect(meaning(undefined, media)).toBeUndefined();
  });

  it("ignores other changes", () => {
    expect(meaning(undefined, list(0))).toBeUndefined();
    expect(meaning(list(0), list(0, "Renamed"))).toBeUndefined();
    expect(meaning(sweep)).toBeUndefined();
    expect(meaning(undefined, { entity: { S: "todo" }, id: { S: "tod_1" } })).toBeUndefined();
  });

  it("throws for invalid attributes of a list", () => {
    expect(() => meaning({ ...list(0), ownerId: { N: "7" } })).toThrow(/ownerId/);
  });
});
