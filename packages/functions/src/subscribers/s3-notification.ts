import * as z from "zod";

const keyOf = (encoded: string) => decodeURIComponent(encoded.replaceAll("+", " "));

/** The test message that S3 sends once when notifications are configured. */
const Test = z.object({ Event: z.literal("s3:TestEvent") }).transform(() => ({ type: "test" as const, keys: [] }));

/** Files were uploaded to the upload bucket, which is the only bucket that may send messages. */
const Uploaded = z
  .object({
    Records: z.array(
      z.object({
        eventName: z.string().startsWith("ObjectCreated:"),
        s3: z.object({ object: z.object({ key: z.string().transform(keyOf) }) }),
      }),
    ),
  })
  .transform(({ Records }) => ({ type: "upload.arrived" as const, keys: Records.map(({ s3 }) => s3.object.key) }));

/** S3's notification about objects. Their keys are form-encoded. */
export const S3Notification = z.union([Test, Uploaded]);
