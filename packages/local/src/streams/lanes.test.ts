import { expect, it } from "vitest";
import type { StreamRecord } from "../dynamodb/table-streams.ts";
import { lanesOf } from "./lanes.ts";

const record = (Keys: StreamRecord["dynamodb"]["Keys"], number: number): StreamRecord => ({
  eventID: String(number),
  eventName: "MODIFY",
  eventVersion: "1.1",
  eventSource: "aws:dynamodb",
  awsRegion: "eu-west-1",
  eventSourceARN: "arn:aws:dynamodb:eu-west-1:123456789012:table/todo/stream/1",
  dynamodb: {
    ApproximateCreationDateTime: 0,
    Keys,
    SequenceNumber: String(number),
    SizeBytes: 1,
    StreamViewType: "NEW_AND_OLD_IMAGES",
  },
});

it("puts all records of an item in one lane, independent of the order of their keys", () => {
  for (let i = 0; i < 50; i += 1) {
    const [pk, sk] = [{ S: `list-${i}` }, { S: "todo" }];
    const lanes = lanesOf([record({ pk, sk }, 1), record({ sk, pk }, 2)], 10);
    expect(lanes.map((lane) => lane.map(({ place }) => place))).toEqual([[0, 1]]);
  }
});
