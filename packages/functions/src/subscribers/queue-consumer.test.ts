import { DomainEvent } from "@daybook/core/events";
import type { SQSRecord } from "aws-lambda";
import { beforeEach, describe, expect, it } from "vitest";
import { captureLog, contextOf } from "../test-api.ts";

const lines = captureLog();
const { consumeQueue } = await import("./queue-consumer.ts");
beforeEach(() => {
  lines.length = 0;
});

const listId = "lst_01KAJ00000000000000000000A";
const read = (body: string) => DomainEvent.parse(JSON.parse(body));
const emptied = (epoch: number) => JSON.stringify({ type: "list.emptied", listId, epoch });

const message = (messageId: string, body: string): SQSRecord => ({
  messageId,
  body,
  receiptHandle: "handle",
  attributes: {
    ApproximateReceiveCount: "2",
    ApproximateFirstReceiveTimestamp: "0",
    SenderId: "test",
    SentTimestamp: "0",
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:eu-west-1:000000000000:jobs",
  awsRegion: "eu-west-1",
});

describe("a queue consumer", () => {
  it("processes each event and logs a line for it", async () => {
    const seen: DomainEvent[] = [];
    const handler = consumeQueue("test", read, async (event) => {
      seen.push(event);
      return "done";
    });
    const answer = await handler({ Records: [message("a", emptied(0)), message("b", emptied(1))] }, contextOf());
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([0, 1].map((epoch) => ({ type: "list.emptied", listId, epoch })));
    const line = { subscriber: "test", event: "list.emptied", outcome: "done", receiveCount: 2 };
    expect(lines).toEqual(["a", "b"].map((messageId) => expect.objectContaining({ ...line, messageId })));
  });

  it("reports failed and invalid messages and continues with the others", async () => {
    const handler = consumeQueue("test", read, async (event) => {
      if (event.type === "list.emptied" && event.epoch === 0) throw new Error("Failed");
      return "done";
    });
    const bodies = { a: emptied(0), b: "{", c: '{"type":"list.painted"}', d: emptied(1) };
    const records = Object.entries(bodies).map(([id, body]) => message(id, body));
    const failed = ["a", "b", "c"].map((itemIdentifier) => ({ itemIdentifier }));
    expect(await handler({ Records: records }, contextOf())).toEqual({ batchItemFailures: failed });
    expect(lines.map(({ level }) => level)).toEqual(["ERROR", "ERROR", "ERROR", "INFO"]);
  });

  it("tells whether there is time for another step", async () => {
    const times: boolean[] = [];
    const handler = consumeQueue("test", read, async (_, hasTime) => {
      times.push(hasTime());
      return "done";
    });
    for (const remainingMilliseconds of [120_000, 10_000]) {
      await handler({ Records: [message("a", emptied(0))] }, contextOf({ remainingMilliseconds }));
    }
    expect(times).toEqual([true, false]);
  });
});
