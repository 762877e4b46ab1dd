import * as z from "zod";

/** S3's notification about objects. Keys are form-encoded. */
const Notification = z.object({
  Records: z.array(
    z.object({
      eventName: z.string().startsWith("ObjectCreated:"),
      s3: z.object({ object: z.object({ key: z.string() }) }),
    }),
  ),
});

/** The test message that S3 sends once when notifications are configured. */
const Test = z.object({ Event: z.literal("s3:TestEvent") });

/** Keys of files uploaded to the upload bucket, which is the only bucket that may send messages. */
export interface S3Notification {
  readonly type: "upload.arrived" | "test";
  readonly keys: readonly string[];
}

const keyOf = (encoded: string) => decodeURIComponent(encoded.replaceAll("+", " "));

/** Parses a notification of S3. @throws ZodError, SyntaxError */
export function readS3Notification(body: string): S3Notification {
  const message: unknown = JSON.parse(body);
  if (Test.safeParse(message).success) return { type: "test", keys: [] };
  const { Records: records } = Notification.parse(message);
  return { type: "upload.arrived", keys: records.map(({ s3 }) => keyOf(s3.object.key)) };
}
