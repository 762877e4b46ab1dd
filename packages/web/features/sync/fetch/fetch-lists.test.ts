import type { Answer } from "@daybook/core/contract/client";
import { GatewayError } from "@daybook/core/contract/failures";
import { ListId } from "@daybook/core/ids";
import type { Todo } from "@daybook/core/todo/todo";
import { beforeEach, describe, expect, it } from "vitest";
import type { SyncApi } from "../outbox/send-step.ts";
import { TestApi } from "../testing/test-api.ts";
import { fetchTodos } from "./fetch-lists.ts";

const listId = ListId.parse("lst_01J00000000000000000000000");
let todos: Todo[];
/** Requests in order, as "<offset> <status>". Example: "2 304". */
let log: string[];

/**
 * Serves two todos per page. The entity tag of a page lists its ids and versions. Example: "tod_1.1,tod_2.1" becomes
 * "tod_1.1,tod_2.2" after an edit of the second todo.
 */
const api: SyncApi = {
  ...new TestApi().client,
  async listTodos({ query = {} }, options): Promise<Answer<Todo[]>> {
    const from = Number(query.cursor ?? 0);
    const data = todos.slice(from, from + 2);
    const etag = `"${data.map(({ id, version }) => `${id}.${version}`).join()}"`;
    const isKnown = options?.headers?.["if-none-match"] === etag;
    log.push(`${from} ${isKnown ? 304 : 200}`);
    if (isKnown) throw new GatewayError(304, "", undefined);
    const next = from + 2 < todos.length ? String(from + 2) : undefined;
    return { data, status: 200, etag, next, requestId: undefined, headers: new Headers() };
  },
};

beforeEach(() => {
  const server = new TestApi();
  todos = ["a", "b", "c", "d", "e"].map((title) => server.addTodo(listId, { title }));
  log = [];
});

describe("fetchTodos", () => {
  it("reads all pages in order", async () => {
    expect((await fetchTodos(api, listId, undefined)).items).toEqual(todos);
    expect(log).toEqual(["0 200", "2 200", "4 200"]);
  });

  it("gets 304 for every page while nothing has changed", async () => {
    const before = await fetchTodos(api, listId, undefined);
    log = [];
    expect(await fetchTodos(api, listId, before)).toEqual(before);
    expect(log).toEqual(["0 304", "2 304", "4 304"]);
  });

  it("downloads only the pages that changed", async () => {
    const before = await fetchTodos(api, listId, undefined);
    todos = todos.map((todo) => (todo.title === "d" ? { ...todo, title: "D", version: 2 } : todo));
    log = [];
    expect((await fetchTodos(api, listId, before)).items).toEqual(todos);
    expect(log).toEqual(["0 304", "2 200", "4 304"]);
  });

  it("drops todos that the server no longer returns", async () => {
    const before = await fetchTodos(api, listId, undefined);
    todos = todos.slice(0, 2);
    expect((await fetchTodos(api, listId, before)).items).toEqual(todos);
  });
});
