import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  codeFor,
  expectProblem,
  newEmail,
  newTodo,
  newUser,
  password,
  send,
  succeed,
  type TestUser,
} from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
let user: TestUser;
beforeAll(async () => {
  cloud = await runCloud();
  user = await newUser(cloud.env);
});
afterEach(() => {
  cloud.dynamo.faults.clear();
  cloud.cognito.faults.clear();
});
afterAll(() => cloud.remove());

const inInbox = () => ({ token: user.token, params: { listId: user.inbox.id } });
const withTitle = (title: string, headers: Record<string, string> = {}) => ({ ...inInbox(), body: { title }, headers });
const titled = async (title: string) =>
  (await succeed(cloud.env, "listTodos", inInbox())).body.filter((todo) => todo.title === title);

const throttled = "ProvisionedThroughputExceededException";
const conflict = "TransactionConflictException";

describe("a temporarily failing database", () => {
  it.each([
    ["PutItem", throttled],
    ["PutItem", "InternalServerError"],
    ["PutItem", conflict],
    ["BatchGetItem", throttled],
  ])("is retried: %s, %s", async (action, error) => {
    const title = randomUUID();
    cloud.dynamo.faults.next({ operation: action, error: { code: error }, times: 2, caller: "CreateTodoFunction" });
    await succeed(cloud.env, "createTodo", withTitle(title));
    expect(await titled(title)).toHaveLength(1);
  });

  it.each([
    ["updateTodo", "UpdateTodoFunction", "UpdateItem", conflict],
    ["updateTodo", "UpdateTodoFunction", "UpdateItem", throttled],
    ["deleteTodo", "DeleteTodoFunction", "DeleteItem", conflict],
  ] as const)("is retried by %s (%s): %s, %s", async (id, caller, action, error) => {
    const todo = await newTodo(cloud.env, user);
    cloud.dynamo.faults.next({ operation: action, error: { code: error }, times: 2, caller });
    const params = { listId: todo.listId, todoId: todo.id };
    await succeed(cloud.env, id, { token: user.token, params, ...(id === "updateTodo" && { body: { title: "New" } }) });
  });
});

describe("a permanently failing database", () => {
  it.each([
    ["PutItem", throttled],
    ["PutItem", conflict],
    ["BatchGetItem", "InternalServerError"],
    ["BatchGetItem", "RequestLimitExceeded"],
  ])("leads to 503 with Retry-After, and writes nothing: %s, %s", async (action, error) => {
    const title = randomUUID();
    cloud.dynamo.faults.next({ operation: action, error: { code: error }, times: 100, caller: "CreateTodoFunction" });
    const answer = await send(cloud.env, "createTodo", withTitle(title));
    expectProblem(answer, "temporarily-unavailable");
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    cloud.dynamo.faults.clear();
    expect(await titled(title)).toEqual([]);
    await succeed(cloud.env, "createTodo", withTitle(title));
  });

  it("fails reads in the same way", async () => {
    cloud.dynamo.faults.next({
      operation: "Query",
      error: { code: throttled },
      times: 100,
      caller: "ListTodosFunction",
    });
    expectProblem(await send(cloud.env, "listTodos", inInbox()), "temporarily-unavailable");
  });
});

describe("a lost response of the database", () => {
  it.each([{}, { "idempotency-key": "lost" }])("creates no second todo with the headers %j", async (headers) => {
    const title = randomUUID();
    const operation = "idempotency-key" in headers ? "TransactWriteItems" : "PutItem";
    cloud.dynamo.faults.next({
      operation,
      error: { code: "InternalServerError" },
      when: "after",
      caller: "CreateTodoFunction",
    });
    const { body } = await succeed(cloud.env, "createTodo", withTitle(title, headers));
    expect(await titled(title)).toEqual([body]);
  });
});

describe("a retry while the first request is in flight", () => {
  it("returns a problem with Retry-After, and then the first response", async () => {
    const title = randomUUID();
    const call = withTitle(title, { "idempotency-key": randomUUID() });
    cloud.dynamo.faults.next({
      operation: "TransactWriteItems",
      error: { code: conflict },
      caller: "CreateTodoFunction",
    });
    const early = await send(cloud.env, "createTodo", call);
    expectProblem(early, "request-in-flight");
    expect(early.headers.get("retry-after")).toMatch(/^\d+$/);
    const { body } = await succeed(cloud.env, "createTodo", call);
    expect((await succeed(cloud.env, "createTodo", call)).body).toEqual(body);
    expect(await titled(title)).toEqual([body]);
  });

  it("does not write the idempotency key to the log", async () => {
    const key = `secret-${randomUUID()}`;
    const call = withTitle("x", { "idempotency-key": key });
    await succeed(cloud.env, "createTodo", call);
    cloud.dynamo.faults.next({
      operation: "TransactWriteItems",
      error: { code: conflict },
      caller: "CreateTodoFunction",
    });
    await send(cloud.env, "createTodo", call);
    cloud.dynamo.faults.next({ operation: "TransactWriteItems", error: { code: throttled }, times: 100 });
    expectProblem(await send(cloud.env, "createTodo", call), "temporarily-unavailable");
    expect(cloud.log()).toContain("createTodo");
    expect(cloud.log()).not.toContain(key);
  });
});

describe("a rejected password", () => {
  const code = "InvalidPasswordException";
  const newPassword = "a new and longer one";

  it.each([
    ["signUp", "SignUp", { email: newEmail(), password }],
    ["confirmReset", "ConfirmForgotPassword", { email: newEmail(), code: "123456", newPassword }],
    ["changePassword", "AdminSetUserPassword", { currentPassword: password, newPassword }],
  ] as const)("leads to password-too-weak: %s", async (id, operation, body) => {
    cloud.cognito.faults.next({ operation, error: { code } });
    expectProblem(await send(cloud.env, id, { token: user.token, body }), "password-too-weak");
  });

  it("leads to password-too-weak: confirmAccount", async () => {
    const email = newEmail();
    await succeed(cloud.env, "signUp", { body: { email, password } });
    cloud.cognito.faults.next({ operation: "AdminSetUserPassword", caller: "ConfirmAccountFunction", error: { code } });
    const body = { email, code: await codeFor(cloud.env, email), password };
    expectProblem(await send(cloud.env, "confirmAccount", { body }), "password-too-weak");
  });
});

describe("a limit of the user pool", () => {
  it.each([
    ["getSecondFactor", "AdminGetUser"],
    ["refreshSession", "GetTokensFromRefreshToken"],
    ["deleteSession", "AdminUserGlobalSignOut"],
  ] as const)("leads to too-many-requests: %s, %s", async (id, operation) => {
    cloud.cognito.faults.next({ operation, error: { code: "TooManyRequestsException" } });
    const everywhere = id === "deleteSession" && { query: { everywhere: "true" } };
    const { token, cookie } = user;
    expectProblem(await send(cloud.env, id, { token, cookie, ...everywhere }), "too-many-requests");
  });
});

describe("an account that is missing in the user pool", () => {
  it("leads to user-not-found when it is deleted", async () => {
    cloud.cognito.faults.next({ operation: "AdminGetUser", error: { code: "UserNotFoundException" } });
    expectProblem(await send(cloud.env, "deleteMe", { token: user.token, body: { password } }), "user-not-found");
  });
});
