import { systemClock } from "@daybook/core/clock";
import { processUpload } from "@daybook/core/media/media.processing";
import { s3Uploads, s3Variants } from "@daybook/core/media/media.storage";
import "../database.ts";
import { resources } from "../resources.ts";
import { consumeQueue, json } from "./queue-consumer.ts";
import { S3Notification } from "./s3-notification.ts";

const storage = { uploads: s3Uploads(resources.uploadsBucket), variants: s3Variants(resources.mediaBucket) };

/** Creates the variants of uploaded pictures. */
export const handler = consumeQueue("makeVariants", json(S3Notification), async ({ keys }) => {
  const outcomes: string[] = [];
  for (const key of keys) outcomes.push(await processUpload({ clock: systemClock }, key, storage));
  return outcomes.join(" ") || "nothing";
});
