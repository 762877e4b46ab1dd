import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type UserId, userIdOf } from "../ids.ts";
import { problem } from "../test-problem.ts";
import { entity, firstVersion } from "./entity.ts";
import { type RepeatableRequest, writeOnce } from "./idempotency.ts";
import { connect, documents } from "./table.ts";
import { startTestTable, type TestTable } from "./test-table.ts";

const notes = entity({
  name: "note",
  schema: z.object({ id: z.string(), text: z.string() }),
  keyFields: ["id"],
  keyOf: ({ id }) => ({ pk: `NOTE#${id}`, sk: "NOTE" }),
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

const newNote = (text: string) => ({ id: randomUUID(), text });
const putNew = (note: { id: string; text: string }) =>
  notes.put({ ...note, ...firstVersion("2026-11-21T10:00:00Z") }, { text: { exists: false } });

/** Writes a new note the way a repository does. */
function createNote(request: RepeatableRequest | undefined, text = "text") {
  const note = newNote(text);
  return writeOnce(request, note, [putNew(note)]);
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
    const [note, other] = [newNote("new"), newNote("there already")];
    await writeOnce(undefined, other, [putNew(other)]);
    await expect(writeOnce(requestOf(), note, [putNew(note), putNew(other)])).rejects.toMatchObject({
      name: "ConditionFailed",
      index: 1,
    });
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
  it("returns its result when an earlier attempt wrote it and lost the response", async () => {
    const note = newNote("written before");
    await writeOnce(undefined, note, [putNew(note)]);
    expect(await writeOnce(undefined, note, [putNew(note)])).toEqual(note);
    const other = newNote("with another write");
    expect(await writeOnce(undefined, note, [putNew(note), putNew(other)])).toEqual(note);
  });

  it("is not recorded", async () => {
    const before = (await stored("request")).length;
    await createNote(undefined);
    expect(await stored("request")).toHaveLength(before);
  });
});

describe("a transaction that conflicts with another one", () => {
  /** The test engine never reports conflicts. Simulate one with a middleware that throws DynamoDB's error. */
  async function failing(codes: readonly string[], times: number) {
    const note = newNote("text");
    let left = times;
    const stack = documents().middlewareStack;
    stack.add(
      (next) => (args) => {
        if (left === 0) return next(args);
        left -= 1;
        const CancellationReasons = codes.map((Code) => ({ Code }));
        throw Object.assign(new Error("Cancelled"), { name: "TransactionCanceledException", CancellationReasons });
      },
      { step: "initialize", priority: "low", name: "conflict" },
    );
    try {
      return await writeOnce(requestOf(), note, [putNew(note)]);
    } finally {
      stack.remove("conflict");
    }
  }

  it("returns request-in-flight when the conflict is on the request's record", async () => {
    await expect(failing(["TransactionConflict", "None"], 1)).rejects.toThrow(problem("request-in-flight"));
  });

  it.each(["TransactionConflict", "ThrottlingError"])("is retried when another entry failed with %s", async (code) => {
    expect(await failing(["None", code], 2)).toMatchObject({ text: "text" });
  });
});
