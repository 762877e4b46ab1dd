import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, documents } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { Problem } from "../problem.ts";
import * as reading from "../published/published-post.service.ts";
import { Slug } from "../published/published-post.ts";
import { testClock } from "../test-clock.ts";
import { problem } from "../test-problem.ts";
import * as publishing from "./post.publishing.ts";
import { publishDue } from "./post.schedule.ts";
import * as posts from "./post.service.ts";
import { newAuthor, newPost, publishedBy, type TestAuthor } from "./test-posts.ts";

let table: TestTable;
let clock = testClock();
let author: TestAuthor;
// Each test needs its own table, because the schedule has one watermark.
beforeEach(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
  clock = testClock();
  author = await newAuthor(clock);
});
afterEach(() => table.close());

const always = () => true;
const run = () => publishDue(publishedBy(clock), always);
const published = (count: number) => ({ published: count, givenUp: 0, failures: [] });

async function scheduled(at: string, input: Parameters<typeof newPost>[1] = {}) {
  const { id } = await newPost(author, input);
  await publishing.publish(author, id, { at });
  return id;
}
const stateOf = async (id: Awaited<ReturnType<typeof scheduled>>) => (await posts.get(author, id)).state;

describe("scheduling", () => {
  it("publishes the post at its time with the content it then has", async () => {
    const id = await scheduled("2026-11-21T12:00:00Z");
    expect(await posts.get(author, id)).toMatchObject({ state: "scheduled", scheduledFor: "2026-11-21T12:00:00.000Z" });
    await posts.update(author, id, { title: "Later thoughts" });
    clock.set("2026-11-21T11:59:59.000Z");
    expect(await run()).toEqual(published(0));
    clock.set("2026-11-21T12:00:10.000Z");
    expect(await run()).toEqual(published(1));
    expect(await reading.get(id)).toMatchObject({ title: "Later thoughts", publishedAt: "2026-11-21T12:00:10.000Z" });
    expect(await posts.get(author, id)).toMatchObject({ state: "published", scheduledFor: null });
    expect(await run()).toEqual(published(0));
  });

  it("can be moved, and publishes immediately for a past time", async () => {
    const id = await scheduled("2026-11-21T12:00:00Z");
    const again = await publishing.publish(author, id, { at: "2026-11-21T12:00:00Z" });
    expect(again.version).toBe(2);
    await publishing.publish(author, id, { at: "2026-11-23T12:00:00Z" });
    clock.set("2026-11-22T00:00:00.000Z");
    expect(await run()).toEqual(published(0));
    expect(await publishing.publish(author, id, { at: "2026-11-20T12:00:00Z" })).toMatchObject({
      state: "published",
    });
    clock.set("2026-11-24T00:00:00.000Z");
    expect(await run()).toEqual(published(0));
  });

  it("keeps the published post until the scheduled time", async () => {
    const { id } = await newPost(author);
    await publishing.publish(author, id, {});
    await posts.update(author, id, { title: "Revised" });
    const waiting = await publishing.publish(author, id, { at: "2026-11-21T12:00:00Z" });
    expect(waiting).toMatchObject({ state: "published", scheduledFor: "2026-11-21T12:00:00.000Z" });
    expect(await reading.get(id)).toMatchObject({ title: "A garden" });
    clock.set("2026-11-21T12:00:30.000Z");
    expect(await run()).toEqual(published(1));
    expect(await reading.get(id)).toMatchObject({ title: "Revised", publishedAt: "2026-11-21T10:00:00.000Z" });
  });

  it("publishes all due posts after days without a run", async () => {
    await run();
    const ids = [
      await scheduled("2026-11-21T12:00:00Z"),
      await scheduled("2026-11-23T00:00:00Z", { title: "Two" }),
      await scheduled("2026-11-25T23:59:59.999Z", { title: "Three" }),
    ];
    clock.set("2026-11-26T08:00:00.000Z");
    expect(await run()).toEqual(published(3));
    expect(await Promise.all(ids.map(stateOf))).toEqual(["published", "published", "published"]);
  });

  it("finds a post that the index showed two minutes late", async () => {
    clock.set("2026-11-21T12:01:30.000Z");
    await run();
    clock.set("2026-11-21T10:00:00.000Z");
    const id = await scheduled("2026-11-21T12:00:00Z");
    clock.set("2026-11-21T12:02:00.000Z");
    expect(await run()).toEqual(published(1));
    expect(await stateOf(id)).toBe("published");
  });

  it("publishes each post once despite concurrent runs", async () => {
    for (let count = 0; count < 6; count += 1) await scheduled("2026-11-21T12:00:00Z", { title: `Post ${count}` });
    clock.set("2026-11-21T12:00:30.000Z");
    const runs = await Promise.all([run(), run(), run()]);
    expect(runs.reduce((sum, each) => sum + each.published, 0)).toBe(6);
    expect(runs.flatMap(({ failures, givenUp }) => [...failures, ...Array(givenUp)])).toEqual([]);
    const { items } = await reading.list({ limit: 100, author: author.handle });
    expect(items.map(({ version }) => version)).toEqual([3, 3, 3, 3, 3, 3]);
  });

  it("cancels the schedule of a post that cannot be published and continues with the others", async () => {
    const bad = await scheduled("2026-11-21T12:00:00Z");
    await posts.update(author, bad, { title: "" });
    const taken = await scheduled("2026-11-21T12:00:00Z", { slug: Slug.parse("roses") });
    const quicker = await newPost(author, { slug: Slug.parse("roses") });
    await publishing.publish(author, quicker.id, {});
    const good = await scheduled("2026-11-21T12:00:01Z", { title: "Good" });
    clock.set("2026-11-21T12:00:30.000Z");
    expect(await run()).toEqual({ published: 1, givenUp: 2, failures: [] });
    expect(await stateOf(good)).toBe("published");
    const given = await posts.get(author, bad);
    expect(given).toMatchObject({ state: "draft", scheduledFor: null, scheduleProblem: "The title is missing" });
    expect(await posts.get(author, taken)).toMatchObject({ scheduleProblem: expect.stringMatching(/another address/) });
    await posts.update(author, bad, { title: "Mended" });
    expect(await publishing.publish(author, bad, {})).toMatchObject({ scheduleProblem: null });
  });

  it("retries after a temporary failure", async () => {
    const id = await scheduled("2026-11-21T12:00:00Z");
    clock.set("2026-11-21T12:00:30.000Z");
    const stack = documents().middlewareStack;
    const busy = () => async () => {
      throw new Problem("temporarily-unavailable");
    };
    stack.add((next, { commandName }) => (commandName === "TransactWriteItemsCommand" ? busy() : next), {
      step: "initialize",
      name: "busy",
    });
    expect(await run()).toMatchObject({
      published: 0,
      givenUp: 0,
      failures: [problem("temporarily-unavailable")],
    });
    stack.remove("busy");
    clock.set("2026-11-21T13:00:00.000Z");
    expect(await run()).toEqual(published(1));
    expect(await stateOf(id)).toBe("published");
  });

  it("leaves posts to the next run when out of time", async () => {
    for (let count = 0; count < 6; count += 1) await scheduled("2026-11-21T12:00:00Z", { title: `Post ${count}` });
    clock.set("2026-11-21T12:00:30.000Z");
    let calls = 0;
    const first = await publishDue(publishedBy(clock), () => {
      calls += 1;
      return calls <= 2;
    });
    expect(first).toEqual(published(2));
    clock.set("2026-11-22T12:00:30.000Z");
    expect(await run()).toEqual(published(4));
  });
});
