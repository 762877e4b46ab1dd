import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { BatchGetRequest } from "dynamodb-toolbox/entity/actions/batchGet";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { $add } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, string } from "dynamodb-toolbox/schema";
import { BatchGetCommand, execute } from "dynamodb-toolbox/table/actions/batchGet";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import type { Clock } from "../clock.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { mediaCheckPartition, mediaKey } from "../db/keys.ts";
import { pictureAttribute, pictureOf, type StoredPicture } from "../db/picture-attribute.ts";
import { rateLimitWrite } from "../db/rate-limit.ts";
import { itemAttributes, table } from "../db/table.ts";
import { isNew } from "../db/version.ts";
import { MediaId, UserId } from "../ids.ts";
import { Problem, tooManyRequests } from "../problem.ts";
import { uploadRate } from "./media.limits.ts";
import type { Media } from "./media.ts";

const MediaItem = new Entity({
  name: "media",
  table,
  timestamps: false,
  schema: item({
    ownerId: string().key(),
    id: string().key(),
    state: string().enum("awaited", "ready", "refused"),
    reason: string().enum("not-a-picture", "too-large", "unreadable").optional(),
    picture: pictureAttribute().optional(),
    /** Day on which the orphan check looks at this upload. */
    gsi2pk: string().hidden(),
    gsi2sk: string().hidden(),
    ...itemAttributes,
  }),
  computeKey: ({ ownerId, id }) => mediaKey(UserId.parse(ownerId), MediaId.parse(id)),
});

/** Media as stored. */
export type MediaRecord = Omit<Media, "url" | "picture"> & {
  readonly ownerId: UserId;
  readonly picture: StoredPicture | null;
};

const toRecord = ({ schemaVersion: _, ...media }: FormattedItem<typeof MediaItem>): MediaRecord => ({
  ...media,
  id: MediaId.parse(media.id),
  ownerId: UserId.parse(media.ownerId),
  reason: media.reason ?? null,
  picture: media.picture ? pictureOf(media.picture) : null,
});

/** Maximum number of keys of a BatchGetItem request. */
const batchSize = 100;

const dayOf = (time: Date) => time.toISOString().slice(0, 10);
const checkOn = (day: string, id: MediaId) => ({ gsi2pk: mediaCheckPartition(day), gsi2sk: id });

/**
 * Stores a new upload and counts it against its owner's rate limit, in one round trip.
 *
 * @param checkAt when to check whether anything uses it
 * @returns the media that the first request with the same idempotency key created
 * @throws too-many-requests, idempotency-key-reused, request-in-flight
 */
export async function create(
  media: MediaRecord,
  checkAt: Date,
  clock: Clock,
  request: RepeatableRequest | undefined,
): Promise<MediaRecord> {
  const { reason: _, picture: __, ...rest } = media;
  const put = MediaItem.build(PutTransaction)
    .item({ ...rest, ...checkOn(dayOf(checkAt), media.id) })
    .options({ condition: isNew });
  try {
    return await writeOnce(request, media, [put, rateLimitWrite(media.ownerId, "media", uploadRate, clock)]);
  } catch (error) {
    const [written, counted] = isTransactionCancelled(error) ? (error.CancellationReasons ?? []).slice(-2) : [];
    // The id is new, so the stored item is this media. An earlier attempt wrote it and lost the response.
    if (written?.Code === "ConditionalCheckFailed") return media;
    if (counted?.Code === "ConditionalCheckFailed") throw tooManyRequests(undefined, { cause: error });
    throw error;
  }
}

/** Returns one upload of an owner, read consistently in one round trip. */
export async function find(ownerId: UserId, id: MediaId): Promise<MediaRecord | undefined> {
  const { Item } = await MediaItem.build(GetItemCommand).key({ ownerId, id }).options({ consistent: true }).send();
  return Item && toRecord(Item);
}

/** Returns those of the given uploads that belong to the owner, unordered. One consistent round trip per 100 ids. */
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
      throw new Problem("temporarily-unavailable", { cause: new Error("BatchGetItem left keys unprocessed") });
    }
    found.push(...Responses[0].flatMap((media) => (media ? [toRecord(media)] : [])));
  }
  return found;
}

/** Outcome of an upload. */
export type Outcome =
  | { readonly state: "ready"; readonly picture: StoredPicture }
  | { readonly state: "refused"; readonly reason: NonNullable<Media["reason"]> };

/**
 * Stores the outcome of an awaited upload, once, in one round trip. `now` is an ISO 8601 time.
 *
 * @returns whether this call stored it
 */
export async function settle({ ownerId, id }: MediaRecord, outcome: Outcome, now: string): Promise<boolean> {
  const { state } = outcome;
  const result =
    state === "ready"
      ? { picture: { ...outcome.picture, widths: [...outcome.picture.widths] } }
      : { reason: outcome.reason };
  const command = MediaItem.build(UpdateAttributesCommand)
    .item({ ownerId, id, state, ...result, updatedAt: now, version: $add(1) })
    .options({ condition: { attr: "state", eq: "awaited" } });
  return happens(() => command.send());
}

/** Lists the media to check on a day, ordered by id, in pages. Reads an eventually consistent index. */
export async function* listToCheck(day: string): AsyncGenerator<MediaRecord[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table
      .build(QueryCommand)
      .entities(MediaItem)
      .query({ index: "gsi2", partition: mediaCheckPartition(day) })
      .options({ entityAttrFilter: false, limit: 100, ...(start && { exclusiveStartKey: start }) })
      .send();
    yield Items.map(toRecord);
    start = LastEvaluatedKey;
  } while (start);
}

/** Reschedules the check of an upload, if its version is unchanged. @returns whether it was */
export async function checkAgain({ ownerId, id, version }: MediaRecord, at: Date): Promise<boolean> {
  const command = MediaItem.build(UpdateAttributesCommand)
    .item({ ownerId, id, ...checkOn(dayOf(at), id) })
    .options({ condition: { attr: "version", eq: version } });
  return happens(() => command.send());
}

/**
 * Deletes the media item, if its version is unchanged. The stream consumer then deletes its files. @returns whether it
 * was deleted
 */
export async function remove({ ownerId, id, version }: MediaRecord): Promise<boolean> {
  const command = MediaItem.build(DeleteItemCommand)
    .key({ ownerId, id })
    .options({ condition: { attr: "version", eq: version } });
  return happens(() => command.send());
}

/** Returns whether the condition of a write held. */
async function happens(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await retryTransactionConflicts(write);
    return true;
  } catch (error) {
    if (isConditionCheckFailed(error)) return false;
    throw error;
  }
}
