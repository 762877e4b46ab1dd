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

describe("the pre-token-generation trigger", () => {
  it("fails, so that no token is issued, when it cannot identify the client", async () => {
    pool.refuseNext("ListUserPoolClients", "AccessDeniedException");
    await expect(handler(eventFor("server"), contextOf())).rejects.toThrow();
  });

  it("limits other clients' tokens to Daybook's API", async () => {
    const limited = { scopesToAdd: ["daybook/api"], scopesToSuppress: ["aws.cognito.signin.user.admin"] };
    for (const clientId of ["web", "scripts", "unknown"])
      expect(await scopesFor(clientId)).toEqual({ accessTokenGeneration: limited });
  });

  it("keeps the scopes of the server client's tokens and reads the clients once", async () => {
    pool.calls.length = 0;
    expect(await scopesFor("server")).toEqual({ accessTokenGeneration: {} });
    expect(pool.calls).toEqual([]);
  });
});
