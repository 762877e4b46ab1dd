import "fake-indexeddb/auto";
import { readdirSync, readFileSync } from "node:fs";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fromStored, toStored } from "../../../lib/stored.ts";
import { newStorage } from "../../../lib/test-storage.ts";
import { localDraftFormat, newLocalDraft } from "./saving-state.ts";
import { type DraftStore, draftStoreOf, draftsIn, dropDraft, findDraft, putDraft } from "./stored-drafts.ts";

const folder = new URL("released/", import.meta.url);
const Sample = v.object({
  posts: v.array(v.looseObject({ key: v.string() })),
  removals: v.array(v.looseObject({ id: v.string() })),
});
const samples = readdirSync(folder).map(
  (name) => [name, v.parse(Sample, JSON.parse(readFileSync(new URL(name, folder), "utf8")))] as const,
);

const userId = "usr_ada";
const foreign = { key: "new-1", format: 99, draft: { title: "Call Ada", body: "Soon", mood: "calm" } };
let storage: Storage;
const draftStores: DraftStore[] = [];

const openStore = async (): Promise<DraftStore> => {
  const store = draftStoreOf(userId);
  draftStores.push(store);
  await store.loaded();
  return store;
};

/** Stores drafts as another version of the app would. */
async function leave(stores: v.InferOutput<typeof Sample>): Promise<void> {
  const database = await openDB(`daybook.writing.${userId}`, 1, {
    upgrade(created) {
      created.createObjectStore("posts");
      created.createObjectStore("removals");
    },
  });
  for (const post of stores.posts) await database.put("posts", post, post.key);
  for (const removal of stores.removals) await database.put("removals", removal, removal.id);
  database.close();
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  storage = newStorage();
  vi.stubGlobal("localStorage", storage);
});
afterEach(() => {
  for (const store of draftStores.splice(0)) store.close();
  vi.unstubAllGlobals();
});

describe.each(samples)("drafts stored in the released format %s", (_name, sample) => {
  it("are read unchanged", async () => {
    await leave(sample);
    const { state } = await openStore();
    expect(draftsIn(state()).toReversed()).toEqual(sample.posts);
    expect([[...state().removals.values()], state().unreadable]).toEqual([sample.removals, []]);
  });

  it("are restored from the unload copies in localStorage", async () => {
    for (const post of sample.posts) storage.setItem(`daybook.writing.${userId}.${post.key}`, JSON.stringify(post));
    expect(draftsIn((await openStore()).state()).toReversed()).toEqual(sample.posts);
  });
});

it("reads what a tab with an older version of the app has written meanwhile", async () => {
  const store = await openStore();
  const [post] = samples[0]?.[1].posts ?? [];
  await leave({ posts: post ? [post] : [], removals: [] });
  await store.reread();
  expect(draftsIn(store.state())).toEqual([post]);
});

it("writes the format version with each draft", () => {
  expect(toStored(localDraftFormat, newLocalDraft("new-1", 5))).toMatchObject({ key: "new-1", format: samples.length });
});

describe("an unreadable draft", () => {
  it("is kept beside a new draft with its key and shown as text until it is discarded", async () => {
    await leave({ posts: [foreign], removals: [] });
    const store = await openStore();
    expect(findDraft(store.state(), "new-1")).toBeUndefined();
    await store.update(putDraft(newLocalDraft("new-1", 5)));
    const next = await openStore();
    const [text] = next.state().unreadable;
    expect([text?.text, draftsIn(next.state()).length]).toEqual(["Call Ada\nSoon", 1]);
    await next.update(dropDraft(text?.id ?? ""));
    const { state } = await openStore();
    expect([state().unreadable, draftsIn(state()).length]).toEqual([[], 1]);
  });

  it("is kept from a damaged unload copy in localStorage", async () => {
    storage.setItem(`daybook.writing.${userId}.new-1`, "{ Call Ada");
    expect((await openStore()).state().unreadable).toMatchObject([{ text: "{ Call Ada" }]);
  });

  it("becomes a draft again once it can be read", async () => {
    const [post] = samples[0]?.[1].posts ?? [];
    await leave({ posts: [{ ...post, key: "aside-1" }], removals: [] });
    expect(fromStored(localDraftFormat, post)?.key).toBe(post?.key);
    const database = await openDB(`daybook.writing.${userId}`, 1);
    await database.put("posts", post, "aside-1");
    database.close();
    const { state } = await openStore();
    expect([findDraft(state(), post?.key ?? "")?.key, state().unreadable]).toEqual([post?.key, []]);
  });
});
