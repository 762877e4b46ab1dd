import { DomainEvent } from "@daybook/core/events";
import type { DynamoDBRecord } from "aws-lambda";
import { authorEventOf, commentEventOf, type Image, mediaEventOf, pageEventOf, postEventOf } from "./blog-events.ts";

/** What a change from one image of an item to another means, by the entity. */
const meanings: Readonly<Record<string, (before: Image, after: Image) => DomainEvent | undefined>> = {
  list: listEventOf,
  "deleted-user": accountEventOf,
  sweep: sweepEventOf,
  page: pageEventOf,
  redirect: pageEventOf,
  post: postEventOf,
  media: mediaEventOf,
  comment: commentEventOf,
  author: authorEventOf,
  notice: noticeEventOf,
};

/** The domain event that a change of the table means, if it means one. @throws ZodError for an item that is not what it should be */
export function eventOf({ dynamodb }: DynamoDBRecord): DomainEvent | undefined {
  const before: Image = dynamodb?.OldImage ?? {};
  const after: Image = dynamodb?.NewImage ?? {};
  const entity = (after.entity ?? before.entity)?.S ?? "";
  return Object.hasOwn(meanings, entity) ? meanings[entity]?.(before, after) : undefined;
}

function listEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (!before.id) return undefined;
  const list = { listId: before.id.S, epoch: Number(before.epoch?.N) };
  if (!after.id) return DomainEvent.parse({ type: "list.deleted", ownerId: before.ownerId?.S, ...list });
  return after.epoch?.N === before.epoch?.N ? undefined : DomainEvent.parse({ type: "list.emptied", ...list });
}

/** Told at once, and again when the memory of it expires: what a request wrote late is found then. */
function accountEventOf(before: Image, after: Image): DomainEvent | undefined {
  return DomainEvent.parse({ type: "user.deleted", userId: (before.id ?? after.id)?.S });
}

function sweepEventOf(_before: Image, after: Image): DomainEvent | undefined {
  if (!after.id) return undefined;
  return DomainEvent.parse({ type: "sweep.requested", listId: after.listId?.S, sweepId: after.id.S });
}

/** A new notice; what becomes of its mail is recorded in it, and is no news. */
function noticeEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (before.id || !after.id) return undefined;
  return DomainEvent.parse({ type: "notice.requested", noticeId: after.id.S });
}
