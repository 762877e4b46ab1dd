import { CountEvent } from "@daybook/core/events.blog";
import type { SQSRecord } from "aws-lambda";
import { beforeEach, describe, expect, it } from "vitest";
import { captureLog, contextOf } from "../test-api.ts";

const lines = captureLog();
const { consumeQueueInGroups } = await import("./grouped-queue-consumer.ts");
beforeEach(() => {
  lines.length = 0;
});

const one = "pst_01KAJ00000000000000000000A";
const other = "pst_01KAJ00000000000000000000B";
const read = (body: string) => CountEvent.parse(JSON.parse(body));
const changed = (postId: string) => JSON.stringify({ type: "comment.changed", postId });

const message = (messageId: string, body: string): SQSRecord => ({
  messageId,
  body,
  receiptHandle: "handle",
  attributes: {
    ApproximateReceiveCount: "1",
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
const batch = (bodies: Readonly<Record<string, string>>) => ({
  Records: Object.entries(bodies).map(([id, body]) => message(id, body)),
});

describe("a consumer that groups events", () => {
  it("processes the events of a subject together and logs a line for each group", async () => {
    const seen: [string, number][] = [];
    const handler = consumeQueueInGroups(
      "test",
      read,
      ({ postId }) => postId,
      async (postId, events) => {
        seen.push([postId, events.length]);
        return "done";
      },
    );
    const bodies = { a: changed(one), b: changed(other), c: changed(one) };
    expect(await handler(batch(bodies), contextOf())).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      [one, 2],
      [other, 1],
    ]);
    expect(lines).toMatchObject([
      { subscriber: "test", messageIds: ["a", "c"], outcome: "done" },
      { subscriber: "test", messageIds: ["b"], outcome: "done" },
    ]);
  });

  it("reports all messages of a failed subject and each invalid one, and processes the rest", async () => {
    const handler = consumeQueueInGroups(
      "test",
      read,
      ({ postId }) => postId,
      async (postId) => {
        if (postId === one) throw new Error("Failed");
        return "done";
      },
    );
    const bodies = { a: changed(one), b: "{", c: '{"type":"list.emptied"}', d: changed(other), e: changed(one) };
    const { batchItemFailures } = (await handler(batch(bodies), contextOf())) ?? {};
    expect(batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier).toSorted()).toEqual(["a", "b", "c", "e"]);
    expect(lines.filter(({ level }) => level === "INFO")).toMatchObject([{ messageIds: ["d"] }]);
  });
});
