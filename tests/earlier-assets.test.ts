import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keptMs, putBack, setAside } from "../scripts/lib/earlier-assets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "assets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 10, 1);

/** Simulates a build with these chunks. Like OpenNext, it empties its output folder first. */
async function build(now: number, ...chunks: string[]): Promise<void> {
  const folders = { assets: path.join(folder, "assets"), earlier: path.join(folder, "earlier") };
  await setAside(folders, now);
  rmSync(folders.assets, { recursive: true, force: true });
  mkdirSync(path.join(folders.assets, "chunks"), { recursive: true });
  for (const chunk of chunks) writeFileSync(path.join(folders.assets, "chunks", chunk), chunk);
  await putBack(folders, now);
}
const has = (chunk: string) => existsSync(path.join(folder, "assets/chunks", chunk));

describe("the chunks of earlier builds", () => {
  it("are kept for 30 days after the first build without them", async () => {
    await build(start, "a.js", "b.js");
    await build(start + 40 * day, "b.js");
    expect([has("a.js"), has("b.js")]).toEqual([true, true]);
    await build(start + 50 * day, "c.js");
    await build(start + 40 * day + keptMs, "c.js");
    expect([has("a.js"), has("b.js")]).toEqual([true, true]);
    await build(start + 40 * day + keptMs + 1, "c.js");
    expect([has("a.js"), has("b.js"), has("c.js")]).toEqual([false, true, true]);
  });

  it("count as current if a later build uses them again", async () => {
    await build(start, "a.js");
    await build(start + day, "b.js");
    await build(start + 2 * day, "a.js");
    await build(start + 40 * day, "b.js");
    expect(has("a.js")).toBe(true);
  });
});
