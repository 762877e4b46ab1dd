import { BatchGetRequest } from "dynamodb-toolbox/entity/actions/batchGet";
import { BatchGetCommand, execute } from "dynamodb-toolbox/table/actions/batchGet";
import { table } from "../db/table.ts";
import { TemporarilyUnavailableError } from "../errors.ts";
import type { MediaId, UserId } from "../ids.ts";
import { MediaItem, type MediaRecord, toRecord } from "./media.item.ts";

/** How many keys a BatchGetItem takes. */
const batchSize = 100;

/** Those of the uploads that the owner has, in no order; a consistent round trip for each hundred. */
export async function findMany(ownerId: UserId, ids: readonly MediaId[]): Promise<MediaRecord[]> {
  const found: MediaRecord[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const requests = ids
      .slice(start, start + batchSize)
      .map((id) => MediaItem.build(BatchGetRequest).key({ ownerId, id }));
    const command = table
      .build(BatchGetCommand)
      .requests(...requests)
      .options({ consistent: true });
    const { Responses, UnprocessedKeys = {} } = await execute({ maxAttempts: 3 }, command);
    if (Object.keys(UnprocessedKeys).length > 0) {
      throw new TemporarilyUnavailableError({ cause: new Error("BatchGetItem left keys unprocessed") });
    }
    found.push(...Responses[0].flatMap((media) => (media ? [toRecord(media)] : [])));
  }
  return found;
}
