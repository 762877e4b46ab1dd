import { ListId } from "@daybook/core/ids";
import type { CountChange } from "@daybook/core/list/list.counts";
import type { CountedTodos } from "@daybook/core/list/list.counts.service";
import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import * as z from "zod";

type Image = Readonly<Record<string, AttributeValue>>;

/** A change that affects the open-todo count of a list. */
export interface TodoChange {
  readonly todos: CountedTodos;
  readonly change: CountChange;
}

/**
 * Returns the position of a record: the stream's label (its creation time), `#`, and the sequence number padded to 40
 * digits. The label makes the stream of a restored table sort after the earlier one. The padding makes the text order
 * of 99 and 100 their numeric order.
 */
const positionOf = ({ eventSourceARN = "", dynamodb }: DynamoDBRecord): string =>
  `${eventSourceARN.slice(eventSourceARN.lastIndexOf("/") + 1)}#${SequenceNumber.parse(dynamodb?.SequenceNumber).padStart(40, "0")}`;
const Seconds = z.number();
const SequenceNumber = z.string().regex(/^\d{1,40}$/);

const Todos = z.object({ listId: ListId, epoch: z.int().nonnegative() });
const Recount = z.object({ id: z.string(), openTodos: z.int().nonnegative().optional() });

const isOpen = (image: Image) => image.completed?.BOOL === false;
const numberOf = (value: AttributeValue | undefined) => (value?.N === undefined ? undefined : Number(value.N));

/**
 * Returns the effect of a change of the table on an open-todo count, if any. @throws ZodError for invalid attributes
 */
export function todoChangeOf(record: DynamoDBRecord): TodoChange | undefined {
  const before: Image = record.dynamodb?.OldImage ?? {};
  const after: Image = record.dynamodb?.NewImage ?? {};
  const change = typeOf(before, after);
  if (!change) return undefined;
  const { listId, epoch } = after.listId ? after : before;
  return {
    todos: Todos.parse({ listId: listId?.S, epoch: numberOf(epoch) }),
    change: {
      position: positionOf(record),
      at: Seconds.parse(record.dynamodb?.ApproximateCreationDateTime),
      ...change,
    },
  };
}

type WithoutPlace<Change> = Change extends unknown ? Omit<Change, "position" | "at"> : never;

function typeOf(before: Image, after: Image): WithoutPlace<CountChange> | undefined {
  const entity = (before.entity ?? after.entity)?.S;
  if (entity === "todo" && isOpen(before) !== isOpen(after)) return { type: isOpen(after) ? "opened" : "closed" };
  if (entity === "recount" && after.id) {
    const { id, openTodos } = Recount.parse({ id: after.id.S, openTodos: numberOf(after.openTodos) });
    return openTodos === undefined ? { type: "recount-began", id } : { type: "recount-ended", id, openTodos };
  }
  return undefined;
}

/** Groups changes by list and epoch, in the order of the stream. */
export function byList(changes: readonly TodoChange[]): { todos: CountedTodos; changes: CountChange[] }[] {
  const groups = Map.groupBy(changes, ({ todos: { listId, epoch } }) => `${listId}#${epoch}`);
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ todos }) => ({ todos, changes: group.map(({ change }) => change) })),
  );
}
