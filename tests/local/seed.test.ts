import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoAccount, forgetDemo, noteDemo, readDemo } from "../../scripts/lib/demo.ts";
import { demoLists } from "../../scripts/lib/demo-lists.ts";
import { seed } from "../../scripts/lib/seed.ts";
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

/** Runs `npm run seed` on the data of a folder. The cloud is in this process, which must not stand still meanwhile. */
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

describe("the demo account", () => {
  it("gets lists and todos in their order, and nothing twice", async () => {
    expect(await seed(cloud, demoAccount)).toEqual(counts);
    expect(await seed(cloud, demoAccount)).toEqual({ lists: 0, todos: 0 });

    const { body } = await succeed(cloud.env, "createSession", { body: demoAccount });
    const token = body.accessToken;
    const lists = await succeed(cloud.env, "listLists", { token });
    expect(lists.body.map(({ name }) => name).sort()).toEqual(Object.keys(demoLists).sort());
    const inbox = lists.body.find(({ kind }) => kind === "inbox");
    const todos = await succeed(cloud.env, "listTodos", { token, params: { listId: inbox?.id ?? "" } });
    expect(todos.body.map(({ title }) => title)).toEqual(demoLists.Inbox?.map(({ title }) => title));
  });

  it("gets back what was deleted, and keeps what is its owner's", async () => {
    const { body } = await succeed(cloud.env, "createSession", { body: demoAccount });
    const token = body.accessToken;
    const lists = await succeed(cloud.env, "listLists", { token });
    const params = { listId: lists.body.find(({ name }) => name === "Groceries")?.id ?? "" };
    await succeed(cloud.env, "deleteTodos", { token, params });
    await succeed(cloud.env, "createTodo", { token, params, body: { title: "Bread" } });
    expect(await seed(cloud, demoAccount)).toEqual({ lists: 0, todos: demoLists.Groceries?.length });
    const todos = await succeed(cloud.env, "listTodos", { token, params });
    expect(todos.body.map(({ title }) => title)).toContain("Bread");
  });

  it("is completed where its sign-up was not", async () => {
    const account = { email: "half@example.com", password };
    await send(cloud.env, "signUp", { body: account });
    expect(await seed(cloud, account)).toEqual(counts);
  });

  it("does not take an account that has another password", async () => {
    const { email } = await newAccount(cloud.env);
    await expect(seed(cloud, { email, password: "not the password" })).rejects.toThrow("another password");
  });
});

describe("npm run seed", () => {
  it("says what to do when nothing runs", async () => {
    const { status, stderr } = await runSeed();
    expect(status).toBe(1);
    expect(stderr).toContain("No Daybook runs on the data in");
    expect(stderr).toContain("Run `npm start` in another terminal");
    expect(stderr).not.toContain("    at ");
  });

  it("prints the account, and notes it for the bar; a second run says that nothing was missing", async () => {
    const environment = `export DAYBOOK_URL=${cloud.url}\nexport DAYBOOK_MAIL_URL=${cloud.mailUrl}\n`;
    writeFileSync(path.join(folder, "aws.env"), environment);
    const { status, stdout, stderr } = await runSeed();
    expect([status, stdout], stderr).toEqual([0, expect.stringContaining(demoAccount.email)]);
    expect(stdout).toContain(demoAccount.password);
    expect(readDemo(folder)).toEqual(demoAccount);
    expect((await runSeed()).stdout).toContain("Everything was there already");
  });

  it("fills no other Daybook than the one whose port was named", async () => {
    const { status, stderr } = await runSeed({ PORT: "1" });
    expect([status, stderr]).toEqual([1, expect.stringContaining("not on port 1")]);
  });
});

describe("the note of a demo account", () => {
  it("belongs to a data folder", () => {
    const other = path.join(folder, "other");
    expect(readDemo(other)).toBeUndefined();
    noteDemo(other, demoAccount);
    expect(readDemo(other)).toEqual(demoAccount);
    forgetDemo(other);
    expect(readDemo(other)).toBeUndefined();
  });
});
