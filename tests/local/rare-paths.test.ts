import {
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  codeFor,
  expectProblem,
  newEmail,
  newTodo,
  newUser,
  password,
  send,
  sessionCookie,
  succeed,
} from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterEach(() => cloud.dynamo.faults.clear());
afterAll(() => cloud.remove());

/** Creates a user whose profile could not be written at the confirmation. */
async function unluckyUser(): Promise<{ email: string; token: string }> {
  cloud.dynamo.faults.next({ operation: "TransactWriteItems", times: 40, error: { code: "InternalServerError" } });
  const email = newEmail();
  await succeed(cloud.env, "signUp", { body: { email, password } });
  await send(cloud.env, "confirmAccount", { body: { email, code: await codeFor(cloud.env, email), password } });
  cloud.dynamo.faults.clear();
  const session = await succeed(cloud.env, "createSession", { body: { email, password } });
  return { email, token: session.body.accessToken };
}

describe("an account without a profile", () => {
  it.each(["getMe", "listLists"] as const)("gets it with the first %s", async (operation) => {
    const { email, token } = await unluckyUser();
    await succeed(cloud.env, operation, { token });
    expect((await succeed(cloud.env, "getMe", { token })).body).toMatchObject({ email });
  });

  it("gets it with the first list", async () => {
    const { email, token } = await unluckyUser();
    await succeed(cloud.env, "createList", { token, body: { name: "Groceries" } });
    expect((await succeed(cloud.env, "listLists", { token })).body).toMatchObject([
      { kind: "inbox" },
      { name: "Groceries" },
    ]);
    expect((await succeed(cloud.env, "getMe", { token })).body).toMatchObject({ email });
  });

  // #region blog
  it("gets it with the first post", async () => {
    const { email, token } = await unluckyUser();
    await succeed(cloud.env, "createPost", { token, body: { title: "First" } });
    expect((await succeed(cloud.env, "getMe", { token })).body).toMatchObject({ email });
  });
  // #endregion blog

  it("gets it with the first profile update", async () => {
    const { email, token } = await unluckyUser();
    const me = await succeed(cloud.env, "updateMe", { token, body: { name: "Ada" } });
    expect(me.body).toMatchObject({ name: "Ada", email });
  });
});

describe("a session whose refresh token was revoked elsewhere", () => {
  it("ends with the next refresh", async () => {
    const { email, cookie } = await newUser(cloud.env);
    const {
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint = "",
      AWS_ACCESS_KEY_ID: accessKeyId = "",
      AWS_SECRET_ACCESS_KEY: secretAccessKey = "",
    } = cloud.environment;
    const credentials = { accessKeyId, secretAccessKey };
    const cognito = new CognitoIdentityProviderClient({ endpoint, region: cloud.graph.region, credentials });
    const user = { UserPoolId: cloud.graph.all("aws:cognito:UserPool")[0]?.id, Username: email };
    await cognito.send(new AdminUserGlobalSignOutCommand(user));
    const answer = await send(cloud.env, "refreshSession", { cookie });
    expectProblem(answer, "session-missing");
    expect(sessionCookie(answer)).toMatch(/=$/);
  });
});

describe("an empty update of a todo", () => {
  it("keeps the todo and its version", async () => {
    const user = await newUser(cloud.env);
    const todo = await newTodo(cloud.env, user);
    const request = { token: user.token, params: { listId: user.inbox.id, todoId: todo.id } };
    expect((await succeed(cloud.env, "updateTodo", { ...request, body: {} })).body).toEqual(todo);
  });
});
