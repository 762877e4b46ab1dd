import { randomUUID } from "node:crypto";
import type { TestTable } from "@daybook/core/db/test-table";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { captureLog, contextOf, startTestApi } from "../test-api.ts";

let table: TestTable;
let handler: typeof import("./post-confirmation.ts").handler;

beforeAll(async () => {
  table = await startTestApi();
  captureLog();
  ({ handler } = await import("./post-confirmation.ts"));
});
afterAll(() => table.close());

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
const itemsOf = async (sub: string) => (await table.items()).filter((item) => JSON.stringify(item).includes(sub));

describe("the trigger after a confirmation", () => {
  it("writes profile and inbox once, and gives the event back", async () => {
    const event = eventFor(randomUUID());
    expect(await handler(event, contextOf())).toEqual(event);
    await handler(event, contextOf());
    const items = await itemsOf(event.userName);
    expect(items.map(({ entity }) => entity).toSorted()).toEqual(["list", "membership", "profile"]);
  });

  it("does nothing after a password reset", async () => {
    const event = eventFor(randomUUID(), "PostConfirmation_ConfirmForgotPassword");
    expect(await handler(event, contextOf())).toEqual(event);
    expect(await itemsOf(event.userName)).toEqual([]);
  });
});
