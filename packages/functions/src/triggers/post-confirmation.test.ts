import { randomUUID } from "node:crypto";
import * as sessions from "@daybook/core/account/session/session.repository";
import { newSessionToken, type SessionToken } from "@daybook/core/account/session/session.token";
import { startTestUserPool, type TestUserPool } from "@daybook/core/account/test-user-pool";
import { systemClock } from "@daybook/core/clock";
import type { TestTable } from "@daybook/core/db/test-table";
import { newSessionId, userIdOf } from "@daybook/core/ids";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { captureLog, contextOf, startTestApi } from "../test-api.ts";

let table: TestTable;
let handler: typeof import("./post-confirmation.ts").handler;

let pool: TestUserPool;
beforeAll(async () => {
  pool = await startTestUserPool();
  vi.stubEnv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", pool.identity.endpoint());
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  table = await startTestApi();
  captureLog();
  ({ handler } = await import("./post-confirmation.ts"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await table.close();
  await pool.close();
});
beforeEach(() => {
  pool.calls.length = 0;
});

const eventFor = (
  sub: string,
  triggerSource: PostConfirmationTriggerEvent["triggerSource"] = "PostConfirmation_ConfirmSignUp",
): PostConfirmationTriggerEvent => ({
  version: "1",
  region: "eu-west-1",
  userPoolId: "eu-west-1_test",
  userName: sub,
  triggerSource,
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "web" },
  request: { userAttributes: { sub, email: "ada@example.com" } },
  response: {},
});
/** Returns the items of a user, without the counters of their calls. */
const itemsOf = async (sub: string) =>
  (await table.items()).filter((item) => item.entity !== "rate" && JSON.stringify(item).includes(sub));

function createSession(token: SessionToken): Promise<void> {
  const at = "2026-11-21T10:00:00.000Z";
  const stamp = { createdAt: at, updatedAt: at, lastUsedAt: at, expiresAt: 1_800_000_000, version: 1 };
  return sessions.create(token, { sealedRefreshToken: "sealed", userAgent: "Firefox", ...stamp }, systemClock);
}

describe("the post-confirmation trigger", () => {
  it("creates profile and inbox once, and returns the event", async () => {
    const event = eventFor(randomUUID());
    expect(await handler(event, contextOf())).toEqual(event);
    await handler(event, contextOf());
    const items = await itemsOf(event.userName);
    expect(items.map(({ entity }) => entity).toSorted()).toEqual(["list", "membership", "profile"]);
  });

  it("discards the sign-up password before it writes anything", async () => {
    const event = eventFor(randomUUID());
    pool.refuseNext("AdminSetUserPassword", "UserNotFoundException");
    await expect(handler(event, contextOf())).rejects.toThrow();
    expect(await itemsOf(event.userName)).toEqual([]);
    await handler(event, contextOf());
    expect(pool.calls).toEqual(["AdminSetUserPassword", "AdminSetUserPassword"]);
  });

  it("creates nothing after a password reset, and ends the user's sessions", async () => {
    const event = eventFor(randomUUID());
    await handler(event, contextOf());
    const userId = userIdOf(event.userName);
    const before = await itemsOf(event.userName);
    for (let count = 0; count < 3; count += 1) await createSession(newSessionToken(userId, newSessionId(systemClock)));
    expect(await itemsOf(event.userName)).toHaveLength(before.length + 3);
    const reset = { ...event, triggerSource: "PostConfirmation_ConfirmForgotPassword" as const };
    pool.calls.length = 0;
    expect(await handler(reset, contextOf())).toEqual(reset);
    expect(pool.calls).toEqual([]);
    expect(await itemsOf(event.userName)).toEqual(before);
  });

  it("creates nothing after a password reset of a user without data", async () => {
    const event = eventFor(randomUUID(), "PostConfirmation_ConfirmForgotPassword");
    expect(await handler(event, contextOf())).toEqual(event);
    expect(await itemsOf(event.userName)).toEqual([]);
  });
});
