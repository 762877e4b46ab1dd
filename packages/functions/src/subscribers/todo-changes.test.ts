import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { byList, todoChangeOf } from "./todo-changes.ts";

type Image = Record<string, AttributeValue>;

const listId = "lst_01KAJ00000000000000000000A";
const otherId = "lst_01KAJ00000000000000000000B";
const arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/daybook/stream/2026-11-21T10:00:00.000";

const todo = (completed: boolean, more: Image = {}): Image => ({
  entity: { S: "todo" },
  listId: { S: listId },
  epoch: { N: "2" },
  completed: { BOOL: completed },
  ...more,
});
const mark = (more: Image = {}): Image => ({
  entity: { S: "recount" },
  listId: { S: listId },
  epoch: { N: "2" },
  id: { S: "recount-1" },
  ...more,
});

const record = (OldImage?: Image, NewImage?: Image, SequenceNumber = "123"): DynamoDBRecord => ({
  eventSourceARN: arn,
  dynamodb: {
    SequenceNumber,
    ApproximateCreationDateTime: 1_795_255_200,
    ...(OldImage && { OldImage }),
    ...(NewImage && { NewImage }),
  },
});
const typeOf = (before?: Image, after?: Image) => todoChangeOf(record(before, after))?.change.type;

describe("todoChangeOf", () => {
  it("returns a change when a todo becomes open or is no longer open", () => {
    expect(typeOf(undefined, todo(false))).toBe("opened");
    expect(typeOf(todo(true), todo(false))).toBe("opened");
    expect(typeOf(todo(false), todo(true))).toBe("closed");
    expect(typeOf(todo(false))).toBe("closed");
  });

  it("ignores other changes", () => {
    expect(typeOf(undefined, todo(true))).toBeUndefined();
    expect(typeOf(todo(true))).toBeUndefined();
    expect(typeOf(todo(false), todo(false, { title: { S: "Renamed" } }))).toBeUndefined();
    expect(typeOf(undefined, { entity: { S: "request" }, completed: { BOOL: false } })).toBeUndefined();
    expect(typeOf({ entity: { S: "list" } }, { entity: { S: "list" } })).toBeUndefined();
  });

  it("returns both markers of a recount and ignores their expiry", () => {
    expect(todoChangeOf(record(undefined, mark()))?.change).toMatchObject({ type: "recount-began", id: "recount-1" });
    const done = mark({ openTodos: { N: "7" } });
    expect(todoChangeOf(record(mark(), done))?.change).toMatchObject({ type: "recount-ended", openTodos: 7 });
    expect(todoChangeOf(record(done))).toBeUndefined();
  });

  it("names the list and a position that grows with the sequence number", () => {
    const label = "2026-11-21T10:00:00.000";
    const [low, high] = ["99", "100"].map((number) => todoChangeOf(record(undefined, todo(false), number)));
    expect(low?.todos).toEqual({ listId, epoch: 2 });
    expect(low?.change.at).toBe(1_795_255_200);
    expect(low?.change.position).toBe(`${label}#${"99".padStart(40, "0")}`);
    expect(String(high?.change.position) > String(low?.change.position)).toBe(true);
  });

  it("throws for invalid attributes", () => {
    expect(() => typeOf(undefined, todo(false, { listId: { N: "7" } }))).toThrow(/listId/);
    expect(() => typeOf(undefined, todo(false, { epoch: { S: "two" } }))).toThrow(/epoch/);
    expect(() => todoChangeOf({ dynamodb: { NewImage: todo(false) } })).toThrow();
  });
});

describe("byList", () => {
  it("groups changes by list and epoch in order", () => {
    const other = { listId: { S: otherId } };
    const former = { epoch: { N: "1" } };
    const records = [{}, other, {}, former].map((more, i) => record(undefined, todo(false, more), String(i + 1)));
    const groups = byList(records.flatMap((each) => todoChangeOf(each) ?? []));
    const numbers = groups.map(({ todos, changes }) => [todos, changes.map(({ position }) => position.slice(-1))]);
    expect(numbers).toEqual([
      [{ listId, epoch: 2 }, ["1", "3"]],
      [{ listId: otherId, epoch: 2 }, ["2"]],
      [{ listId, epoch: 1 }, ["4"]],
    ]);
  });
});
