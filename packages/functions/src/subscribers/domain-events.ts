import { DomainEvent } from "@daybook/core/events";
import type { AttributeValue, DynamoDBRecord } from "aws-lambda";

type Image = Readonly<Record<string, AttributeValue>>;

/** The domain event that a change of the table means, if it means one. @throws ZodError for an item that is not what it should be */
export function eventOf({ dynamodb }: DynamoDBRecord): DomainEvent | undefined {
  const before: Image = dynamodb?.OldImage ?? {};
  const after: Image = dynamodb?.NewImage ?? {};
  const entity = (before.entity ?? after.entity)?.S;
  if (entity === "list") return listEventOf(before, after);
  // Told at once, and again when the memory of it expires: what a request wrote late is found then.
  if (entity === "deleted-user") {
    return DomainEvent.parse({ type: "user.deleted", userId: (before.id ?? after.id)?.S });
  }
  if (entity === "sweep" && after.id) {
    return DomainEvent.parse({ type: "sweep.requested", listId: after.listId?.S, sweepId: after.id.S });
  }
  return undefined;
}

function listEventOf(before: Image, after: Image): DomainEvent | undefined {
  if (!before.id) return undefined;
  const list = { listId: before.id.S, epoch: Number(before.epoch?.N) };
  if (!after.id) return DomainEvent.parse({ type: "list.deleted", ownerId: before.ownerId?.S, ...list });
  return after.epoch?.N === before.epoch?.N ? undefined : DomainEvent.parse({ type: "list.emptied", ...list });
}
