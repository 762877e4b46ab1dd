import * as z from "zod";

/** S3's message about objects; a key is encoded as in a form. */
const Notification = z.object({
  Records: z.array(
    z.object({
      eventName: z.string().startsWith("ObjectCreated:"),
      s3: z.object({ object: z.object({ key: z.string() }) }),
    }),
  ),
});

/** What S3 sends once when it begins to notify a queue. */
const Test = z.object({ Event: z.literal("s3:TestEvent") });

/** Files that have arrived in the bucket of uploads, by their keys; there is no other bucket whose messages are let in. */
export interface S3Notification {
  readonly type: "upload.arrived" | "test";
  readonly keys: readonly string[];
}

const keyOf = (encoded: string) => decodeURIComponent(encoded.replaceAll("+", " "));

/** Reads a notification of S3. @throws ZodError, SyntaxError */
export function readS3Notification(body: string): S3Notification {
  const message: unknown = JSON.parse(body);
  if (Test.safeParse(message).success) return { type: "test", keys: [] };
  const { Records: records } = Notification.parse(message);
  return { type: "upload.arrived", keys: records.map(({ s3 }) => keyOf(s3.object.key)) };
}
