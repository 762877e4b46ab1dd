import { startTestUserPool, type TestUserPool } from "@daybook/core/account/test-user-pool";
import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { captureLog, contextOf } from "../test-api.ts";

let pool: TestUserPool;
let handler: typeof import("./pre-token-generation.ts").handler;
beforeAll(async () => {
  pool = await startTestUserPool();
  vi.stubEnv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", pool.identity.endpoint());
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  captureLog();
  ({ handler } = await import("./pre-token-generation.ts"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await pool.close();
});

const eventFor = (clientId: string): PreTokenGenerationV2TriggerEvent => ({
  version: "2",
  region: "eu-west-1",
  userPoolId: "eu-west-1_test",
  userName: pool.sub,
  triggerSource: "TokenGeneration_Authentication",
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId },
  request: {
    userAttributes: { sub: pool.sub },
    groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: undefined },
    scopes: ["aws.cognito.signin.user.admin"],
  },
  response: { claimsAndScopeOverrideDetails: {} },
});
const scopesFor = async (clientId: string) =>
  (await handler(eventFor(clientId), contextOf())).response.claimsAndScopeOverrideDetails;

describe("the trigger before a token is issued", () => {
  it("fails, so that there is no token, when it cannot tell the clients apart", async () => {
    pool.refuseNext("ListUserPoolClients", "AccessDeniedException");
    await expect(handler(eventFor("server"), contextOf())).rejects.toThrow();
  });

  it("lets a token that leaves the server open Daybook's API alone, whichever client it is for", async () => {
    const limited = { scopesToAdd: ["daybook/api"], scopesToSuppress: ["aws.cognito.signin.user.admin"] };
    for (const clientId of ["web", "scripts", "unknown"])
      expect(await scopesFor(clientId)).toEqual({ accessTokenGeneration: limited });
  });

  it("leaves the tokens of the server's own client as they are, and asks for the clients once", async () => {
    pool.calls.length = 0;
    expect(await scopesFor("server")).toEqual({ accessTokenGeneration: {} });
    expect(pool.calls).toEqual([]);
  });
});
