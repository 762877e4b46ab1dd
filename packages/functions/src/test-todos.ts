import { randomUUID } from "node:crypto";
import { systemClock } from "@daybook/core/clock";
import { connect } from "@daybook/core/db/table";
import { userIdOf } from "@daybook/core/ids";
import { ensureUser } from "@daybook/core/lifecycle/creation.service";
import { captureLog, invoke, startTestApi, type TestRequest } from "./test-api.ts";

/** Starts the handlers with their own database. */
export async function startTestTodos() {
  const lines = captureLog();
  const table = await startTestApi({ UserPoolId: { value: "eu-west-1_test" } });
  const [todo, list] = await Promise.all([import("./todo.ts"), import("./list.ts")]);

  /** Creates a user and returns requests to the todos in the user's inbox. */
  async function newInbox() {
    const sub = randomUUID();
    await ensureUser({ actor: { userId: userIdOf(sub) }, clock: systemClock }, "ada@example.com");
    const lists = await invoke(list.listLists, { path: "/v1/lists", sub });
    const listId = String(lists.json[0]?.id);
    lines.length = 0;

    const collection = (request: TestRequest = {}): TestRequest => ({
      path: `/v1/lists/${listId}/todos`,
      params: { listId },
      sub,
      ...request,
    });
    return {
      sub,
      listId,
      collection,
      item: (todoId: unknown, request: TestRequest = {}): TestRequest =>
        collection({
          path: `/v1/lists/${listId}/todos/${todoId}`,
          params: { listId, todoId: String(todoId) },
          ...request,
        }),
      create: (body: unknown, request: TestRequest = {}) =>
        invoke(todo.createTodo, collection({ method: "POST", body, ...request })),
    };
  }

  return {
    ...todo,
    ...list,
    lines,
    newInbox,
    /** Runs a function while the database is unreachable. */
    async withoutDatabase<Result>(run: () => Promise<Result>): Promise<Result> {
      connect(() => table.name, { ...table.config, endpoint: "http://127.0.0.1:1", maxAttempts: 1 });
      try {
        return await run();
      } finally {
        connect(() => table.name, table.config);
      }
    },
    close: () => table.close(),
  };
}

/** Returns the headers of a merge patch. */
export const merge = (headers: Record<string, string> = {}) => ({
  "content-type": "application/merge-patch+json",
  ...headers,
});
