import { describe, expect, it } from "vitest";
import { json } from "./queue-consumer.ts";
import { S3Notification } from "./s3-notification.ts";

const readNotification = json(S3Notification);

const message = (...keys: string[]) =>
  JSON.stringify({
    Records: keys.map((key) => ({
      eventName: "ObjectCreated:Post",
      s3: { bucket: { name: "uploads" }, object: { key } },
    })),
  });

describe("a notification of S3", () => {
  it("returns the decoded keys of uploaded files", () => {
    expect(readNotification(message("incoming/usr_1/med_1", "incoming/a+b%2Bc%C3%A9"))).toEqual({
      type: "upload.arrived",
      keys: ["incoming/usr_1/med_1", "incoming/a b+cé"],
    });
  });

  it("returns no keys for S3's test message", () => {
    const test = { Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "uploads" };
    expect(readNotification(JSON.stringify(test))).toEqual({ type: "test", keys: [] });
  });

  it.each(["{", "{}", '{"Records":[{"eventName":"ObjectRemoved:Delete"}]}', message("%E0%A4%A")])(
    "throws for other messages: %s",
    (body) => {
      expect(() => readNotification(body)).toThrow();
    },
  );
});
