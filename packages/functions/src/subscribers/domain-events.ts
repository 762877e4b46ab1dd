import { DomainEvent } from "@daybook/core/events";
import type { DynamoDBRecord } from "aws-lambda";
import { blogMeanings } from "./blog-events.ts";
import { type Image, isThere, type Meanings } from "./image.ts";

/** Functions that map a change between two images of an item to events, by entity. */
const meanings: Meanings = {
  list: listEventOf,
  "deleted-user": accountEventOf,
  sweep: sweepEventOf,
  media: mediaEventOf,
  notice: noticeEventOf,
  ...blogMeanings,
};

/** Returns the domain events of a change of the table. @throws ZodError for invalid attributes */
export function eventsOf({ dynamodb }: DynamoDBRecord): readonly DomainEvent[] {
  const before: Image = dynamodb?.OldImage ?? {};
  const after: Image = dynamodb?.NewImage ?? {};
  const entity = (after.entity ?? before.entity)?.S ?? "";
  return [(Object.hasOwn(meanings, entity) && meanings[entity]?.(before, after)) || []].flat();
}

function listEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (!before.id) return undefined;
  const list = { listId: before.id.S, epoch: Number(before.epoch?.N) };
  if (!after.id) return DomainEvent.parse({ type: "list.deleted", ownerId: before.ownerId?.S, ...list });
  return after.epoch?.N === before.epoch?.N ? undefined : DomainEvent.parse({ type: "list.emptied", ...list });
}

/**
 * Returns the event when a deletion is recorded, and again when the record expires, to remove items that a request
 * wrote late.
 */
function accountEventOf(before: Image, after: Image): DomainEvent | undefined {
  return DomainEvent.parse({ type: "user.deleted", userId: (before.id ?? after.id)?.S });
}

function sweepEventOf(_before: Image, after: Image): DomainEvent | undefined {
  if (!after.id) return undefined;
  return DomainEvent.parse({ type: "sweep.requested", listId: after.listId?.S, sweepId: after.id.S });
}

/** Returns the event of a deleted upload. */
function mediaEventOf(before: Image, after: Image): DomainEvent | undefined {
  return isThere(after) ? undefined : DomainEvent.parse({ type: "media.deleted", mediaId: before.id?.S });
}

/** Returns the event of a new notice. Ignores updates, which only record the state of its mail. */
function noticeEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (before.id || !after.id) return undefined;
  return DomainEvent.parse({ type: "notice.requested", noticeId: after.id.S });
}
