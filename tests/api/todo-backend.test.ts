import { beforeEach, describe, expect, inject, it } from "vitest";
import { newUser, urlOf } from "../fixtures.ts";

/* The rules of the public Todo-Backend specification, for a collection of todos at a root URL. Here the root is a
   list of a signed-in user, and every request has a bearer token. */

const cloud = inject("cloud");

let root: string;
let token: string;
beforeEach(async () => {
  const user = await newUser(cloud);
  root = urlOf(cloud, "listTodos", { params: { listId: user.inbox.id } }).href;
  token = user.token;
});

interface TodoShown {
  readonly url: string;
  readonly title: string;
  readonly completed: boolean;
  readonly order?: number;
}

async function call(method: string, url: string, body?: unknown) {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${url} answers ${response.status}`).toBe(true);
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

const post = (body: Record<string, unknown>): Promise<TodoShown> => call("POST", root, body);
const todos = (): Promise<TodoShown[]> => call("GET", root);

describe("the root", () => {
  it("returns a bare array for GET", async () => {
    expect(await todos()).toEqual([]);
  });

  it("returns the created todo for POST", async () => {
    expect(await post({ title: "walk the dog" })).toMatchObject({ title: "walk the dog" });
  });

  it("is empty after DELETE", async () => {
    await post({ title: "one" });
    await post({ title: "two" });
    await call("DELETE", root);
    expect(await todos()).toEqual([]);
  });
});

describe("a new todo", () => {
  it("is added to the collection", async () => {
    await post({ title: "walk the dog" });
    expect((await todos()).map(({ title }) => title)).toEqual(["walk the dog"]);
  });

  it("is not completed", async () => {
    expect((await post({ title: "blah" })).completed).toBe(false);
    expect((await todos())[0]?.completed).toBe(false);
  });

  it("has an absolute URL that returns it", async () => {
    const made = await post({ title: "my todo" });
    expect(new URL(made.url).href).toBe(made.url);
    expect((await todos())[0]?.url).toBe(made.url);
    expect(await call("GET", made.url)).toEqual(made);
  });
});

describe("an existing todo", () => {
  it("is reachable by the URL in the list", async () => {
    await post({ title: "one" });
    await post({ title: "two" });
    for (const shown of await todos()) expect(await call("GET", shown.url)).toEqual(shown);
  });

  it("can be renamed with PATCH", async () => {
    const { url } = await post({ title: "initial title" });
    expect(await call("PATCH", url, { title: "bathe the cat" })).toMatchObject({ title: "bathe the cat" });
  });

  it("can be completed with PATCH", async () => {
    const { url } = await post({ title: "do it" });
    expect(await call("PATCH", url, { completed: true })).toMatchObject({ completed: true, title: "do it" });
  });

  it("shows its changes in all later reads", async () => {
    const { url } = await post({ title: "do it" });
    const changed = await call("PATCH", url, { title: "changed title", completed: true });
    expect(await call("GET", url)).toEqual(changed);
    expect(await todos()).toEqual([changed]);
  });

  it("is deleted by DELETE on its URL, without affecting the others", async () => {
    const { url } = await post({ title: "gone" });
    const stays = await post({ title: "stays" });
    await call("DELETE", url);
    expect(await todos()).toEqual([stays]);
  });
});

describe("the order of a todo", () => {
  it("can be set on creation", async () => {
    expect(await post({ title: "blah", order: 523 })).toMatchObject({ order: 523 });
  });

  it("can be changed", async () => {
    const { url } = await post({ title: "blah", order: 10 });
    expect(await call("PATCH", url, { order: 95 })).toMatchObject({ order: 95 });
  });

  it("stays the same in later reads, even if another todo has the same order", async () => {
    await post({ title: "another", order: 95 });
    const { url } = await post({ title: "blah", order: 10 });
    await call("PATCH", url, { order: 95 });
    expect(await call("GET", url)).toMatchObject({ order: 95 });
  });
});
