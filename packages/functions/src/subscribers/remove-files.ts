import { MediaDeleted } from "@daybook/core/events";
import { s3Variants } from "@daybook/core/media/media.storage";
import { resources } from "../resources.ts";
import { consumeQueue, json } from "./queue-consumer.ts";

const variants = s3Variants(resources.mediaBucket);

/** Deletes the files of deleted uploads. */
export const handler = consumeQueue("removeFiles", json(MediaDeleted), async ({ mediaId }) => {
  await variants.removeAll(mediaId);
  return "removed";
});
