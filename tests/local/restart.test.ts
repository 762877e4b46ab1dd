import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { startCloudWithoutPages, type TestCloud } from "../cloud.ts";
import { newTodo, newUser, send, succeed } from "../fixtures.ts";
import { descendants, isAlive } from "./processes.ts";

const clouds: TestCloud[] = [];
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.remove();
});

async function start(dataFolder?: string): Promise<TestCloud> {
  const cloud = await startCloudWithoutPages(dataFolder === undefined ? {} : { dataFolder });
  clouds.push(cloud);
  return cloud;
}

/** Returns the other processes whose command line contains the folder. */
function processesOf(dataFolder: string): string[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,command="], { encoding: "utf8" }).trim().split("\n");
  return lines.filter((line) => line.includes(dataFolder) && !line.includes("ps -eo"));
}

describe("a restart", () => {
  it("keeps accounts, sessions, todos and email", async () => {
    const first = await start();
    const user = await newUser(first.env);
    const todo = await newTodo(first.env, user);
    await first.stop();
    const second = await start(first.dataFolder);
    const { body: session } = await succeed(second.env, "refreshSession", { cookie: user.cookie });
    const { body } = await succeed(second.env, "listTodos", {
      token: session.accessToken,
      params: { listId: user.inbox.id },
    });
    // Ignores the URL, which contains the port of the second run.
    expect(body.map(({ url, ...rest }) => rest)).toEqual([todo].map(({ url, ...rest }) => rest));
    await succeed(second.env, "getMe", { token: user.token });
  });

  it("leaves no process behind after Ctrl+C", async () => {
    const cloud = await start();
    await newUser(cloud.env);
    const children = descendants(cloud.process.pid ?? 0);
    expect(children.length).toBeGreaterThan(0);
    await cloud.stop("SIGINT");
    expect(cloud.process.exitCode).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });
});

describe("kill -9 of the parent process", () => {
  it("ends the cloud with all of its processes", async () => {
    const cloud = await start();
    await newUser(cloud.env);
    const all = [cloud.process.pid ?? 0, ...descendants(cloud.process.pid ?? 0)];
    cloud.process.disconnect();
    await cloud.exited;
    expect(all.filter(isAlive)).toEqual([]);
  });
});

describe("kill -9 during writes", () => {
  it("loses no acknowledged write, and the next start takes over", async () => {
    const first = await start();
    const user = await newUser(first.env);
    const request = { token: user.token, params: { listId: user.inbox.id } };
    const acknowledged: string[] = [];
    let running = true;
    const write = async (writer: number) => {
      for (let i = 0; running; i++) {
        const answer = await send(first.env, "createTodo", { ...request, body: { title: `${writer}-${i}` } }).catch(
          () => undefined,
        );
        if (answer?.status === 201) acknowledged.push(`${writer}-${i}`);
        if (acknowledged.length > 60 && running) {
          running = false;
          first.process.kill("SIGKILL");
        }
      }
    };
    await Promise.all([0, 1, 2, 3].map(write));
    await first.stop();

    const second = await start(first.dataFolder);
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? {} : { query: { cursor } };
      const page = await succeed(second.env, "listTodos", { ...request, ...query });
      titles.push(...page.body.map((todo) => todo.title));
      cursor = /cursor=([^&>]+)/.exec(page.headers.get("link") ?? "")?.[1];
      if (cursor !== undefined) cursor = decodeURIComponent(cursor);
    } while (cursor !== undefined);
    expect(titles).toEqual(expect.arrayContaining(acknowledged));
    await second.stop();
    expect(processesOf(first.dataFolder)).toEqual([]);
  });
});
