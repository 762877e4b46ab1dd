import "fake-indexeddb/auto";
import { readdirSync, readFileSync } from "node:fs";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fromStored, type StoredFormat, toStored } from "../../../lib/stored.ts";
import { newStorage } from "../../../lib/test-storage.ts";
import { forgetUnreadable } from "../outbox/outbox.ts";
import { problemsOf } from "../problems.ts";
import { type Entry, entryFormat, knownListsFormat, knownTodosFormat, pauseFormat } from "../state/state.ts";
import { TestTabs, until } from "../testing/test-store.ts";

const folder = new URL("released/", import.meta.url);
const Sample = v.object({
  outbox: v.array(v.looseObject({ id: v.string() })),
  todos: v.record(v.string(), v.unknown()),
  lists: v.unknown(),
  pause: v.unknown(),
});
const sampleOf = (name: string) => v.parse(Sample, JSON.parse(readFileSync(new URL(name, folder), "utf8")));
const samples = readdirSync(folder).map((name) => [name, sampleOf(name)] as const);

const userId = "usr_ada";
const tabs = new TestTabs();
const openTab = () => tabs.open(userId);
let storage: Storage;

const openDatabase = () =>
  openDB(`daybook.${userId}`, 1, {
    upgrade(created) {
      for (const name of ["outbox", "todos", "rest"]) created.createObjectStore(name);
    },
  });

/** Stores data of an earlier or later version of the app in this browser. */
async function leave({ outbox, todos, lists, pause }: v.InferOutput<typeof Sample>): Promise<void> {
  const database = await openDatabase();
  for (const entry of outbox) await database.put("outbox", entry, entry.id);
  for (const [id, known] of Object.entries(todos)) await database.put("todos", known, id);
  await database.put("rest", lists, "lists");
  await database.put("rest", pause, "pause");
  database.close();
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  storage = newStorage();
  vi.stubGlobal("localStorage", storage);
});
afterEach(() => {
  tabs.close();
  vi.unstubAllGlobals();
});

describe.each(samples)("data stored in the released format %s", (_name, sample) => {
  it("is read completely", async () => {
    await leave(sample);
    const { state } = await openTab();
    expect(state().unreadable).toEqual([]);
    expect(state().outbox.map(({ id }) => id)).toEqual(sample.outbox.map(({ id }) => id));
    expect(Object.keys(state().todos)).toEqual(Object.keys(sample.todos));
    expect([state().lists, state().pause].includes(undefined)).toBe(false);
  });

  it("is restored from the unload buffer in localStorage", async () => {
    storage.setItem(`daybook.unwritten.${userId}.1`, JSON.stringify(sample.outbox));
    const tab = await openTab();
    await until(tab, () => tab.state().outbox.length > 0);
    expect(tab.state().outbox.map(({ id }) => id)).toEqual(sample.outbox.map(({ id }) => id));
  });
});

it("has a sample of the newest version of each format, which survives a round trip", () => {
  const newest = samples.at(-1)?.[1];
  const read = <T extends object>(format: StoredFormat<T>, stored: unknown) => {
    const value = fromStored(format, stored);
    return value && { ...toStored(format, value) };
  };
  const withVersion = (stored: unknown) => ({ format: 1, ...v.parse(v.looseObject({}), stored) });
  for (const entry of newest?.outbox ?? []) expect(read(entryFormat, entry)).toEqual(withVersion(entry));
  for (const todos of Object.values(newest?.todos ?? {}))
    expect(read(knownTodosFormat, todos)).toEqual(withVersion(todos));
  expect(read(knownListsFormat, newest?.lists)).toEqual(withVersion(newest?.lists));
  expect(read(pauseFormat, newest?.pause)).toEqual(withVersion(newest?.pause));
});

describe("a todo with a new member", () => {
  const minutes = { estimateMinutes: v.nullable(v.number()) };
  const create = samples[0]?.[1].outbox.find(({ id }) => id.endsWith("4"));
  const Created = v.looseObject({
    id: v.string(),
    change: v.looseObject({ content: v.looseObject({ title: v.string(), ...minutes }) }),
  });
  type Created = v.InferOutput<typeof Created>;
  const content = (record: Readonly<Record<string, unknown>>) => {
    const { change } = v.parse(v.looseObject({ change: v.looseObject({ content: v.looseObject({}) }) }), record);
    return { ...record, change: { ...change, content: { ...change.content, estimateMinutes: null } } };
  };

  it("is read from older data by an upgrade", () => {
    const grown: StoredFormat<Created> = { schema: Created, upgrades: [content] };
    expect(fromStored(grown, create)?.change.content).toMatchObject({ title: "Buy milk", estimateMinutes: null });
  });

  it("is unreadable in older data without an upgrade", () => {
    const careless: StoredFormat<Created> = { schema: Created, upgrades: [] };
    expect(fromStored(careless, create)).toBeUndefined();
  });
});

describe("an unreadable change", () => {
  const foreign = { id: "foreign", format: 99, at: 1, change: { type: "plan-todo", content: { title: "Call Ada" } } };
  const rest = { todos: {}, lists: undefined, pause: undefined };

  it("is kept and shown as text until it is discarded", async () => {
    await leave({ ...rest, outbox: [foreign] });
    const tab = await openTab();
    expect(tab.state()).toMatchObject({ outbox: [], unreadable: [{ id: "foreign", text: "Call Ada" }] });
    await tab.update((state) => ({ ...state, pause: { attempts: 1, until: 5 } }));
    const next = await openTab();
    expect(problemsOf(next.state(), () => {})).toMatchObject([{ kind: "unreadable", mine: "Call Ada" }]);
    await next.update((state) => forgetUnreadable(state, "foreign"));
    expect((await openTab()).state().unreadable).toEqual([]);
  });

  it("does not stop other changes from being read", async () => {
    const [entry] = samples[0]?.[1].outbox ?? [];
    await leave({ ...rest, outbox: entry ? [foreign, entry] : [] });
    const { state } = await openTab();
    expect([state().outbox.length, state().unreadable.length]).toEqual([1, 1]);
  });

  it("stays in the database unchanged for a version that can read it", async () => {
    await leave({ ...rest, outbox: [foreign] });
    await openTab();
    const database = await openDatabase();
    expect(await database.get("outbox", "foreign")).toEqual(foreign);
    database.close();
  });

  it("is kept from the unload buffer, even if its JSON is damaged", async () => {
    const [entry] = samples[0]?.[1].outbox ?? [];
    storage.setItem(`daybook.unwritten.${userId}.1`, "[{ Call Ada");
    storage.setItem(`daybook.unwritten.${userId}.2`, JSON.stringify([entry, foreign]));
    const { state } = await openTab();
    await vi.waitUntil(() => state().unreadable.length === 2);
    expect(
      state()
        .unreadable.map(({ text }) => text)
        .toSorted(),
    ).toEqual(["Call Ada", "[{ Call Ada"]);
    expect(state().outbox.map(({ id }: Entry) => id)).toEqual([entry?.id]);
  });
});
