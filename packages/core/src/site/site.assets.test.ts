import { beforeEach, describe, expect, it } from "vitest";
import { type AssetStorage, removeOldAssets } from "./site.assets.ts";

const day = 24 * 60 * 60 * 1_000;
const start = Date.UTC(2026, 10, 1);
const keptDays = 30;

let files: Map<string, { content: string; uploadedAt: Date }>;
let now: number;
const clock = { now: () => new Date(now) };
const storage: AssetStorage = {
  async *list(prefix) {
    const found = [...files].filter(([key]) => key.startsWith(prefix));
    for (const [key, { uploadedAt }] of found) yield [{ key, uploadedAt }];
  },
  read: async (key) => files.get(key)?.content ?? "",
  async remove(keys) {
    for (const key of keys) files.delete(key);
  },
};
beforeEach(() => {
  files = new Map();
  now = start;
});

/** Simulates a deployment: uploads a build's files, apart from those that the bucket has. */
function deploy(build: string, ...chunks: string[]): void {
  const upload = (key: string, content = "") => {
    if (!files.has(key)) files.set(key, { content, uploadedAt: new Date(now) });
  };
  for (const chunk of chunks) upload(`_assets/_next/static/chunks/${chunk}`);
  upload(`_assets/_next/static/${build}/files.json`, JSON.stringify(chunks.map((chunk) => `chunks/${chunk}`)));
  upload(`_cache/${build}/blog.cache`);
  upload(`_cache/__fetch/${build}/a`);
}
const run = (hasTime = () => true) => removeOldAssets({ clock }, { storage, keptDays }, hasTime);
const chunks = () => [...files.keys()].flatMap((key) => /chunks\/(.*)/.exec(key)?.slice(1) ?? []);
const at = (days: number) => {
  now = start + days * day;
};

describe("removeOldAssets", () => {
  it("removes a build's files 30 days after the last build that used them", async () => {
    deploy("one", "a.js", "b.js");
    at(100);
    deploy("two", "b.js");
    at(110);
    deploy("three", "c.js");
    at(129);
    expect(await run()).toEqual({ builds: 3, removed: 0 });
    at(130);
    // Build one was replaced on day 100. Its list, its page and its response go with its only own chunk.
    expect(await run()).toEqual({ builds: 2, removed: 4 });
    expect(chunks()).toEqual(["b.js", "c.js"]);
    at(140);
    expect(await run()).toEqual({ builds: 1, removed: 4 });
    expect(chunks()).toEqual(["c.js"]);
    expect([...files.keys()]).toContain("_cache/three/blog.cache");
  });

  it("keeps all files of the current build, however old it is", async () => {
    deploy("one", "a.js");
    at(1_000);
    expect(await run()).toEqual({ builds: 1, removed: 0 });
    expect(chunks()).toEqual(["a.js"]);
  });

  it("keeps files that a deployment in progress has uploaded before its list", async () => {
    deploy("one", "a.js");
    at(40);
    files.set("_assets/_next/static/chunks/new.js", { content: "", uploadedAt: new Date(now) });
    expect(await run()).toMatchObject({ removed: 0 });
  });

  it("removes files without a list only when the first list is old enough", async () => {
    files.set("_assets/_next/static/chunks/former.js", { content: "", uploadedAt: new Date(now) });
    expect(await run()).toEqual({ builds: 0, removed: 0 });
    at(60);
    deploy("one", "a.js");
    expect(await run()).toEqual({ builds: 1, removed: 0 });
    at(90);
    expect(await run()).toEqual({ builds: 1, removed: 1 });
    expect(chunks()).toEqual(["a.js"]);
  });

  it("touches no file outside of the builds", async () => {
    files.set("_assets/icon.svg", { content: "", uploadedAt: new Date(now) });
    deploy("one", "a.js");
    at(90);
    deploy("two", "a.js");
    at(200);
    await run();
    expect([...files.keys()]).toContain("_assets/icon.svg");
  });

  it("stops when there is no time left, and continues in the next run", async () => {
    deploy("one", "a.js");
    at(10);
    deploy("two", "b.js");
    at(100);
    expect(await run(() => false)).toMatchObject({ removed: 0 });
    expect(await run()).toMatchObject({ removed: 4 });
  });
});
