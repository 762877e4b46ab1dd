import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoAccount, forgetDemo, noteDemo, readDemo } from "../../scripts/lib/demo.ts";
import { demoLists } from "../../scripts/seed/demo-lists.ts";
import { demoAuthor, demoComments, demoReaders } from "../../scripts/seed/demo-readers.ts";
import { seedLists } from "../../scripts/seed/lists.ts";
import { readPosts } from "../../scripts/seed/post-file.ts";
import { seed } from "../../scripts/seed/seed.ts";
import { clientOf } from "../../scripts/seed/sign-in.ts";
import { newAccount, password, send, succeed } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "daybook-seed-"));
let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterAll(async () => {
  await cloud.remove();
  rmSync(folder, { recursive: true });
});

/** Runs `npm run seed` on a data folder. Asynchronous, because the cloud runs in this process. */
async function runSeed(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(root, "scripts/seed.ts")], {
    env: { ...process.env, DAYBOOK_DATA: folder, PORT: "", NO_COLOR: "1", ...environment },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
}

const counts = {
  lists: Object.keys(demoLists).length - 1,
  todos: Object.values(demoLists).flat().length,
};
// #region blog
const posts = await readPosts();
const comments = Object.values(demoComments).flatMap((each) =>
  each.flatMap(({ replies = [], ...comment }) => [comment, ...replies]),
);
const published = posts.filter(({ draft }) => !draft).map(({ slug }) => slug);
const params = (postId: string) => ({ postId });
const inBlog = { posts: posts.length, comments: comments.length };
// #endregion blog
const all = {
  ...counts,
  ...inBlog, // #blog
};
const nothing = Object.fromEntries(Object.keys(all).map((what) => [what, 0]));

/** Returns an access token of the demo account. */
const signIn = async () => (await succeed(cloud.env, "createSession", { body: demoAccount })).body.accessToken;

describe("the demo account", () => {
  it("gets its content in order, and no duplicates", { timeout: 180_000 }, async () => {
    expect(await seed(cloud)).toEqual(all);
    expect(await seed(cloud)).toEqual(nothing);

    const token = await signIn();
    const lists = await succeed(cloud.env, "listLists", { token });
    expect(lists.body.map(({ name }) => name).sort()).toEqual(Object.keys(demoLists).sort());
    const inbox = lists.body.find(({ kind }) => kind === "inbox");
    const todos = await succeed(cloud.env, "listTodos", { token, params: { listId: inbox?.id ?? "" } });
    expect(todos.body.map(({ title }) => title)).toEqual(demoLists.Inbox?.map(({ title }) => title));
  });

  // #region blog
  it("is an author whose posts have pictures and link to each other", async () => {
    const { handle } = demoAuthor;
    const author = await succeed(cloud.env, "getAuthor", { params: { handle } });
    expect(author.body).toMatchObject({ name: "Maya", bio: demoAuthor.bio, avatar: { width: 300 } });
    const { body: shown } = await succeed(cloud.env, "listPosts", { query: { author: handle } });
    expect(shown.map(({ slug }) => slug)).toEqual(published.toReversed());
    for (const { id, cover } of shown) {
      const { body: post } = await succeed(cloud.env, "getPost", { params: params(id) });
      expect(cover).not.toBeNull();
      expect(post.pictures.length).toBeGreaterThan(0);
      const targets = [...post.body.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
      const slugs = targets.flatMap((target) => /^\/@maya\/(.+)$/.exec(target)?.[1] ?? []);
      expect(published).toEqual(expect.arrayContaining(slugs));
      expect(targets.filter((target) => !/^(\/@maya\/|media:med_|https:)/.test(target))).toEqual([]);
    }
  });
  // #endregion blog

  it("gets deleted data back, and keeps the user's own changes", { timeout: 60_000 }, async () => {
    const token = await signIn();
    const lists = await succeed(cloud.env, "listLists", { token });
    const groceries = { listId: lists.body.find(({ name }) => name === "Groceries")?.id ?? "" };
    await succeed(cloud.env, "deleteTodos", { token, params: groceries });
    await succeed(cloud.env, "createTodo", { token, params: groceries, body: { title: "Bread" } });
    await succeed(cloud.env, "updateMe", { token, body: { name: "Mine" } });

    expect(await seed(cloud)).toEqual({ ...nothing, todos: demoLists.Groceries?.length });
    const todos = await succeed(cloud.env, "listTodos", { token, params: groceries });
    expect(todos.body.map(({ title }) => title)).toContain("Bread");
    expect((await succeed(cloud.env, "getMe", { token })).body.name).toBe("Mine");
  });

  // #region blog
  it("gets deleted posts back, and keeps the author's own changes", { timeout: 60_000 }, async () => {
    const token = await signIn();
    const own = await succeed(cloud.env, "listMyPosts", { token });
    const idOf = (slug: string) => own.body.find((post) => post.slug === slug)?.id ?? "";
    await succeed(cloud.env, "deletePost", { token, params: params(idOf("order-with-room")) });
    await succeed(cloud.env, "unpublishPost", { token, params: params(idOf("one-table")) });
    const title = "One table, in my words";
    await succeed(cloud.env, "updatePost", { token, params: params(idOf("one-table")), body: { title } });
    await succeed(cloud.env, "updateMe", { token, body: { bio: "Mine." } });

    expect(await seed(cloud)).toEqual({ ...nothing, posts: 2 });
    expect((await succeed(cloud.env, "getMe", { token })).body.bio).toBe("Mine.");
    const kept = await succeed(cloud.env, "getMyPost", { token, params: params(idOf("one-table")) });
    expect(kept.body).toMatchObject({ title, state: "published", changed: false });
  });
  // #endregion blog

  it("is completed if only its sign-up was done", async () => {
    const account = { email: "half@example.com", password };
    await send(cloud.env, "signUp", { body: account });
    expect(await seedLists(await clientOf(cloud, account))).toEqual(counts);
  });

  it("is refused if it has another password", async () => {
    const { email } = await newAccount(cloud.env);
    await expect(clientOf(cloud, { email, password: "not the password" })).rejects.toThrow("another password");
  });

  // #region blog
  it("has commenters with their own accounts", async () => {
    for (const { email, password } of Object.values(demoReaders))
      await succeed(cloud.env, "createSession", { body: { email, password } });
  });
  // #endregion blog
});

describe("npm run seed", () => {
  it("says what to do if no cloud is running", async () => {
    const { status, stderr } = await runSeed();
    expect(status).toBe(1);
    expect(stderr).toContain("No running Daybook uses the data in");
    expect(stderr).toContain("Run `npm start` in another terminal");
    expect(stderr).not.toContain("    at ");
  });

  it("prints the account and notes it for the bar; a second run changes nothing", async () => {
    const environment = `export DAYBOOK_URL=${cloud.url}\nexport DAYBOOK_MAIL_URL=${cloud.mailUrl}\n`;
    writeFileSync(path.join(folder, "aws.env"), environment);
    const { status, stdout, stderr } = await runSeed();
    expect([status, stdout], stderr).toEqual([0, expect.stringContaining(demoAccount.email)]);
    expect(stdout).toContain(demoAccount.password);
    expect(stdout).toContain(`${cloud.url}/blog`); // #blog
    expect(readDemo(folder)).toEqual(demoAccount);
    expect((await runSeed()).stdout).toContain("Nothing to add");
  });

  it("refuses a cloud that is not on the given port", async () => {
    const { status, stderr } = await runSeed({ PORT: "1" });
    expect([status, stderr]).toEqual([1, expect.stringContaining("not on port 1")]);
  });
});

describe("the note of the demo account", () => {
  it("belongs to a data folder", () => {
    const other = path.join(folder, "other");
    expect(readDemo(other)).toBeUndefined();
    noteDemo(other, demoAccount);
    expect(readDemo(other)).toEqual(demoAccount);
    forgetDemo(other);
    expect(readDemo(other)).toBeUndefined();
  });
});
