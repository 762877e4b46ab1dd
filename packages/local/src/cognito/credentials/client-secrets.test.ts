import { createHmac } from "node:crypto";
import {
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientSecret, type Fixture, password, poolId, startFixture } from "../test-pool.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const ClientId = "server";
const hashFor = (username: string, secret = clientSecret) =>
  createHmac("sha256", secret)
    .update(username + ClientId)
    .digest("base64");
const refused = { name: "NotAuthorizedException", message: `Unable to verify secret hash for client ${ClientId}` };
const signIn = (USERNAME: string, hash: Record<string, string>, clientId = ClientId) =>
  fixture.sdk().send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: password, ...hash },
    }),
  );

describe("a client with a secret", () => {
  it.each([
    ["none", {}],
    ["one by another secret", { SecretHash: hashFor("ada@example.com", "another secret") }],
    ["one for another user", { SecretHash: hashFor("bob@example.com") }],
  ])("requires a valid secret hash in every request about a user: %s", async (_, hash) => {
    const about = { ClientId, Username: "ada@example.com", ...hash };
    const code = { ConfirmationCode: "123456" };
    const sdk = fixture.sdk();
    await expect(sdk.send(new SignUpCommand({ ...about, Password: password }))).rejects.toMatchObject(refused);
    await expect(sdk.send(new ConfirmSignUpCommand({ ...about, ...code }))).rejects.toMatchObject(refused);
    await expect(sdk.send(new ResendConfirmationCodeCommand(about))).rejects.toMatchObject(refused);
    await expect(sdk.send(new ForgotPasswordCommand(about))).rejects.toMatchObject(refused);
    const reset = new ConfirmForgotPasswordCommand({ ...about, ...code, Password: password });
    await expect(sdk.send(reset)).rejects.toMatchObject(refused);
    await expect(signIn("ada@example.com", {})).rejects.toMatchObject(refused);
  });

  it("requires the hash to sign in, and the secret itself with refresh tokens", async () => {
    const email = "carol@example.com";
    await fixture.register(email);
    const { AuthenticationResult } = await signIn(email, { SECRET_HASH: hashFor(email) });
    const RefreshToken = AuthenticationResult?.RefreshToken ?? "";
    const sdk = fixture.sdk();
    const without = { name: "NotAuthorizedException", message: `Unable to verify the secret of client ${ClientId}` };
    const refresh = (secret?: string) =>
      sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret: secret }));
    for (const secret of [undefined, "another secret"]) await expect(refresh(secret)).rejects.toMatchObject(without);
    expect((await refresh(clientSecret)).AuthenticationResult?.AccessToken).toBeDefined();
    const revocation = { ClientId, Token: RefreshToken };
    await expect(sdk.send(new RevokeTokenCommand(revocation))).rejects.toMatchObject(without);
    await sdk.send(new RevokeTokenCommand({ ...revocation, ClientSecret: clientSecret }));
    await expect(refresh(clientSecret)).rejects.toThrow("revoked");
  });

  it("refuses a secret hash for a public client", async () => {
    await expect(signIn("carol@example.com", { SECRET_HASH: hashFor("carol@example.com") }, "scripts")).rejects.toThrow(
      "Unable to verify secret hash for client scripts",
    );
  });
});

describe("version 2 of PreTokenGeneration", () => {
  const scopeOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).scope;
  const answering = async (accessTokenGeneration: object) => {
    const own = await startFixture({
      triggers: {
        preTokenGeneration: (event) => {
          event.response.claimsAndScopeOverrideDetails = { accessTokenGeneration };
          return { ok: true, result: event };
        },
      },
      tokenVersion: "V2_0",
    });
    await own.register("ada@example.com");
    return own;
  };

  it("adds and suppresses scopes at sign-in and refresh, and refuses tokens without the required scope", async () => {
    const scopesToSuppress = ["aws.cognito.signin.user.admin"];
    const own = await answering({ scopesToAdd: ["shop/read", "shop/write"], scopesToSuppress });
    const { access, refresh } = await own.signIn("ada@example.com");
    expect(scopeOf(access)).toBe("shop/read shop/write");
    const missing = { name: "NotAuthorizedException", message: "Access Token does not have required scopes" };
    await expect(own.sdk().send(new GetUserCommand({ AccessToken: access }))).rejects.toMatchObject(missing);
    const associate = new AssociateSoftwareTokenCommand({ AccessToken: access });
    await expect(own.sdk().send(associate)).rejects.toMatchObject(missing);
    const exchange = new GetTokensFromRefreshTokenCommand({ ClientId: "web", RefreshToken: refresh });
    const renewed = await own.sdk().send(exchange);
    expect(scopeOf(renewed.AuthenticationResult?.AccessToken ?? "")).toBe("shop/read shop/write");
    expect(
      own.events.map(({ version, triggerSource, request, response }) => [
        version,
        triggerSource,
        request.scopes,
        Object.keys(response),
      ]),
    ).toEqual(
      ["TokenGeneration_Authentication", "TokenGeneration_RefreshTokens"].map((source) => [
        "2",
        source,
        ["aws.cognito.signin.user.admin"],
        ["claimsAndScopeOverrideDetails"],
      ]),
    );
    const user = { UserPoolId: poolId, Username: "ada@example.com" };
    await own.sdk().send(new AdminUserGlobalSignOutCommand(user));
    await own.close();
  });

  it.each([
    [{ scopesToAdd: ["two words"] }, "InvalidLambdaResponseException"],
    [{ scopesToAdd: "shop/read" }, "InvalidLambdaResponseException"],
    [{ claimsToAddOrOverride: { plan: "free" } }, "UnknownOperationException"],
  ])("issues no token for the unsupported response %j", async (accessTokenGeneration, name) => {
    const own = await answering(accessTokenGeneration);
    await expect(own.signIn("ada@example.com")).rejects.toMatchObject({ name });
    await own.close();
  });
});
