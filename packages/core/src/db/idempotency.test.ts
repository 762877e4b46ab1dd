import { randomUUID } from "node:crypto";
import { Entity } from "dynamodb-toolbox/entity";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { item, string } from "dynamodb-toolbox/schema";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type UserId, userIdOf } from "../ids.ts";
import { problem } from "../test-problem.ts";
import { type RepeatableRequest, writeOnce } from "./idempotency.ts";
import { connect, table as mainTable } from "./table.ts";
import { startTestTable, type TestTable } from "./test-table.ts";

const NoteItem = new Entity({
  name: "note",
  table: mainTable,
  timestamps: false,
  schema: item({ id: string().key(), text: string() }),
  computeKey: ({ id }) => ({ pk: `NOTE#${id}`, sk: "NOTE" }),
});

let table: TestTable;
let userId: UserId;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(() => {
  userId = userIdOf(randomUUID());
});

const at = (time: string) => new Date(`2026-11-21T${time}Z`);
const requestOf = (changes: Partial<RepeatableRequest> = {}): RepeatableRequest => ({
  userId,
  operation: "createNote",
  key: "key",
  fingerprint: "text",
  receivedAt: at("10:00:00"),
  ...changes,
});

/** Writes a new note the way a repository does. */
function createNote(request: RepeatableRequest | undefined, text = "text") {
  const note = { id: randomUUID(), text };
  const put = NoteItem.build(PutTransaction)
    .item(note)
    .options({ condition: { attr: "text", exists: false } });
  return writeOnce(request, note, [put]);
}

const stored = async (entity: string) => (await table.items()).filter((each) => each.entity === entity);

describe("a request with a key", () => {
  it("is recorded together with its write for 24 hours", async () => {
    const note = await createNote(requestOf());
    expect(await stored("note")).toContainEqual(expect.objectContaining({ id: note.id }));
    expect(await stored("request")).toContainEqual(
      expect.objectContaining({
        pk: `USER#${userId}#REQUESTS`,
        sk: "createNote#key",
        fingerprint: "text",
        expiresAt: at("10:00:00").getTime() / 1000 + 86_400,
      }),
    );
  });

  it("is not recorded when its write fails", async () => {
    const note = { id: randomUUID(), text: "there already" };
    const put = NoteItem.build(PutTransaction)
      .item(note)
      .options({ condition: { attr: "text", exists: false } });
    await writeOnce(undefined, note, [put]);
    await expect(writeOnce(requestOf(), note, [put])).rejects.toThrow("ConditionalCheckFailed");
    expect((await stored("request")).filter(({ pk }) => pk === `USER#${userId}#REQUESTS`)).toEqual([]);
  });

  it("returns the first result for exactly 24 hours, even if TTL has not deleted the record yet", async () => {
    const first = await createNote(requestOf());
    const dayLater = new Date(at("10:00:00").getTime() + 86_400_000);
    const justBefore = new Date(dayLater.getTime() - 1000);
    expect(await createNote(requestOf({ receivedAt: justBefore }))).toEqual(first);
    const second = await createNote(requestOf({ receivedAt: dayLater }));
    expect(second).not.toEqual(first);
    expect(await createNote(requestOf({ receivedAt: dayLater }))).toEqual(second);
  });

  it("is refused with idempotency-key-reused when its content differs", async () => {
    await createNote(requestOf());
    await expect(createNote(requestOf({ fingerprint: "other" }), "other")).rejects.toThrow(
      problem("idempotency-key-reused"),
    );
  });

  it("is a new request when the operation or the user differs", async () => {
    const first = await createNote(requestOf());
    expect(await createNote(requestOf({ operation: "createOther" }))).not.toEqual(first);
    expect(await createNote(requestOf({ userId: userIdOf(randomUUID()) }))).not.toEqual(first);
  });
});

describe("a request without a key", () => {
  it("is not recorded", async () => {
    const before = (await stored("request")).length;
    await createNote(undefined);
    expect(await stored("request")).toHaveLength(before);
  });
});

describe("a transaction that conflicts with another one", () => {
  /** The test engine never reports conflicts. Simulate one with an entry that throws DynamoDB's error. */
  function failing(codes: readonly string[], times: number) {
    const note = { id: randomUUID(), text: "text" };
    const put = NoteItem.build(PutTransaction).item(note);
    let left = times;
    const params = put.params.bind(put);
    put.params = () => {
      if (left === 0) return params();
      left -= 1;
      const CancellationReasons = codes.map((Code) => ({ Code }));
      throw Object.assign(new Error("Cancelled"), { name: "TransactionCanceledException", CancellationReasons });
    };
    return writeOnce(requestOf(), note, [put]);
  }

  it("returns request-in-flight when the conflict is on the request's record", async () => {
    await expect(failing(["TransactionConflict", "None"], 1)).rejects.toThrow(problem("request-in-flight"));
  });

  it.each(["TransactionConflict", "ThrottlingError"])("is retried when another entry failed with %s", async (code) => {
    expect(await failing(["None", code], 2)).toMatchObject({ text: "text" });
  });
});
