import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { createClient } from "@daybook/core/contract/client";
import { problems, problemType } from "@daybook/core/contract/problem";
import { ListId, TodoId } from "@daybook/core/ids";
import type { Todo } from "@daybook/core/todo/todo";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noticeOf } from "./notices.ts";
import { type Item, withKeys } from "./todo-list.ts";
import { fetchTodos, sendChange, TitleConflictError, type TodoList, TodoMissingError } from "./todo-sync.ts";

const listId = ListId.parse("lst_01J00000000000000000000000");
const at = "2026-11-21T09:00:00Z";

function todo(number: number, title: string): Todo {
  const id = TodoId.parse(`tod_01J${String(number).padStart(23, "0")}`);
  const times = { createdAt: at, updatedAt: at, completedAt: null, dueDate: null };
  const rest = { notes: "", completed: false, order: number, priority: "none" as const, tags: [], version: 1 };
  return { id, url: `http://localhost/${id}`, listId, title, ...times, ...rest };
}

/** The part of the API that holds one list, two todos a page. */
class Api {
  /** The idempotency keys of what was posted. */
  readonly keys: unknown[] = [];
  todos = [todo(1, "Buy milk"), todo(2, "Bake bread"), todo(3, "Call Ada")];
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Somebody else changes a todo. */
  change(title: string, change: Partial<Todo>): void {
    this.todos = this.todos.map((entry) =>
      entry.title === title ? { ...entry, ...change, version: entry.version + 1 } : entry,
    );
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse((await text(request)) || "{}");
    if (request.method === "POST") this.keys.push(request.headers["idempotency-key"]);
    const url = new URL(request.url ?? "", "http://localhost");
    const id = url.pathname.split("/")[5];
    if (id === undefined) return this.#list(Number(url.searchParams.get("cursor") ?? 0), response);
    const known = this.todos.find((entry) => entry.id === id);
    if (!known) return refuse(response, "todo-not-found");
    const expected = request.headers["if-match"];
    if (expected !== undefined && expected !== `"${known.version}"`) return refuse(response, "version-conflict");
    if (request.method === "PATCH") this.change(known.title, body);
    if (request.method === "DELETE") this.todos = this.todos.filter((entry) => entry.id !== id);
    response.end(JSON.stringify(this.todos.find((entry) => entry.id === id)));
  }

  #list(from: number, response: ServerResponse): void {
    if (from + 2 < this.todos.length) response.setHeader("link", `</v1/todos?cursor=${from + 2}>; rel="next"`);
    response.end(JSON.stringify(this.todos.slice(from, from + 2)));
  }
}

function refuse(response: ServerResponse, code: "todo-not-found" | "version-conflict"): void {
  const { status, title } = problems[code];
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ type: problemType(code), title, status, detail: title, instance: "request" }));
}

let server: Api;
let list: TodoList;
let items: Item[];
beforeEach(async () => {
  server = new Api();
  const baseUrl = await server.start();
  items = withKeys(server.todos);
  list = { api: createClient({ baseUrl }), listId, items: () => items };
});
afterEach(() => server.stop());

const milk = todo(1, "Buy milk").id;
const rename = (title: string) => ({ type: "rename", key: milk, title, base: "Buy milk" }) as const;
const newId = () => "id";

describe("the list", () => {
  it("is fetched with all its pages", async () => {
    const todos = await fetchTodos(list, new AbortController().signal);
    expect(todos.map(({ title }) => title)).toEqual(["Buy milk", "Bake bread", "Call Ada"]);
  });
});

describe("a new title", () => {
  it("is saved", async () => {
    expect(await sendChange(rename("Buy oats"), list)).toMatchObject({ title: "Buy oats", version: 2 });
  });

  it("is saved although somebody has changed something else meanwhile", async () => {
    server.change("Buy milk", { completed: true });
    expect(await sendChange(rename("Buy oats"), list)).toMatchObject({ title: "Buy oats", completed: true });
  });

  it("does not replace a title that somebody else has given meanwhile", async () => {
    server.change("Buy milk", { title: "Buy beer" });
    const failure = await sendChange(rename("Buy oats"), list).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TitleConflictError);
    expect(server.todos[0]?.title).toBe("Buy beer");
    const notice = noticeOf(rename("Buy oats"), failure, "Buy milk", newId);
    expect(notice).toMatchObject({ kind: "conflict", theirs: { title: "Buy beer" }, change: { title: "Buy oats" } });
  });

  it("does not replace a title that came with a newer list while the person typed", async () => {
    items = items.map((item) => (item.key === milk ? { ...item, title: "Buy beer", version: 2 } : item));
    await expect(sendChange(rename("Buy oats"), list)).rejects.toThrow(TitleConflictError);
  });

  it("is no conflict when both have given the same", async () => {
    server.change("Buy milk", { title: "Buy oats" });
    expect(await sendChange(rename("Buy oats"), list)).toMatchObject({ title: "Buy oats", version: 2 });
  });

  it("of a todo that was deleted elsewhere can become a todo again", async () => {
    server.todos = [];
    const failure = await sendChange(rename("Buy oats"), list).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TodoMissingError);
    const notice = noticeOf(rename("Buy oats"), failure, "Buy milk", newId);
    expect(notice).toMatchObject({ retry: { change: { type: "create", title: "Buy oats" } } });
  });
});

describe("a new todo", () => {
  it.each([
    { type: "create", key: "key-of-the-action", title: "Buy milk" },
    {
      type: "restore",
      key: "key-of-the-action",
      content: { title: "Buy milk", completed: false, order: 1 },
    },
  ] as const)("is sent under the key of what the person did, however often: $type", async (change) => {
    await sendChange(change, list);
    await sendChange(change, list);
    expect(server.keys).toEqual(["key-of-the-action", "key-of-the-action"]);
  });
});

describe("deleting", () => {
  const remove = { type: "delete", key: milk, title: "Buy milk" } as const;

  it("deletes, whatever the version", async () => {
    server.change("Buy milk", { completed: true });
    expect(await sendChange(remove, list)).toBeUndefined();
    expect(server.todos.map(({ title }) => title)).toEqual(["Bake bread", "Call Ada"]);
  });

  it("is done when somebody else has done it", async () => {
    server.todos = [];
    expect(await sendChange(remove, list)).toBeUndefined();
  });
});

describe("a failure", () => {
  it("is told in words, and can be tried again", async () => {
    server.stop();
    const change = { type: "complete", key: milk, completed: true } as const;
    const failure = await sendChange(change, list).catch((error: unknown) => error);
    expect(noticeOf(change, failure, "Buy milk", newId)).toEqual({
      id: "id",
      kind: "failed",
      text: "“Buy milk” could not be changed. Daybook could not be reached. Check your connection and try again.",
      retry: { name: "Try again", change },
    });
  });
});
