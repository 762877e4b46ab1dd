import { MediaDeleted } from "@daybook/core/events";
import { s3Variants } from "@daybook/core/media/media.storage";
import { resources } from "../resources.ts";
import { consumeQueue } from "./queue-consumer.ts";

const read = (body: string) => MediaDeleted.parse(JSON.parse(body));
const variants = s3Variants(resources.mediaBucket);

/** Deletes the files of deleted uploads. */
export const handler = consumeQueue("removeFiles", read, async ({ mediaId }) => {
  await variants.removeAll(mediaId);
  return "removed";
});
