import { generateKeyPairSync, sign } from "node:crypto";
import {
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { JwtVerifier } from "aws-jwt-verify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fixture, issuer, password, poolId, startFixture } from "../test-pool.ts";

const email = "ada@example.com";
let fixture: Fixture;
let sub: string;
beforeAll(async () => {
  fixture = await startFixture();
  sub = await fixture.register(email);
});
beforeEach(() => {
  fixture.clock.ms = Date.now();
});
afterAll(() => fixture.close());

const signIn = (AuthParameters: Record<string, string>, ClientId = "web") =>
  fixture.sdk().send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
const refreshAuth = (REFRESH_TOKEN: string, ClientId: string) =>
  fixture
    .sdk()
    .send(new InitiateAuthCommand({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } }));
const rotate = async (RefreshToken: string, ClientId = "web") =>
  (await fixture.sdk().send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))).AuthenticationResult;
const getUser = (AccessToken: string) => fixture.sdk().send(new GetUserCommand({ AccessToken }));
const revoke = (Token: string, ClientId = "web") => fixture.sdk().send(new RevokeTokenCommand({ ClientId, Token }));
const refusal = (name: string, message: string) => expect.objectContaining({ name, message });
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

describe("InitiateAuth with a password", () => {
  it("issues tokens with Cognito's claims, which a JWT verifier accepts with the pool's keys", async () => {
    const { access, id, refresh } = await fixture.signIn("Ada@Example.com");
    const verifier = JwtVerifier.create({ issuer, audience: null });
    verifier.cacheJwks(await fixture.cognito.jwks(issuer));
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const times = { auth_time: expect.any(Number), iat: expect.any(Number), exp: expect.any(Number) };
    const accessClaims = verifier.verifySync(access);
    expect(accessClaims).toEqual({
      sub,
      iss: issuer,
      client_id: "web",
      origin_jti: uuid,
      event_id: uuid,
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      jti: uuid,
      username: sub,
      ...times,
    });
    expect(Number(accessClaims.exp) - Number(accessClaims.iat)).toBe(15 * 60);
    expect(verifier.verifySync(id)).toEqual({
      sub,
      iss: issuer,
      aud: "web",
      origin_jti: accessClaims.origin_jti,
      event_id: uuid,
      token_use: "id",
      email,
      email_verified: true,
      "cognito:username": sub,
      jti: uuid,
      ...times,
    });
    expect(refresh.split(".")).toHaveLength(5);
  });

  it("refuses a wrong password and an unknown address alike if the client prevents existence errors", async () => {
    const wrong = refusal("NotAuthorizedException", "Incorrect username or password.");
    await expect(signIn({ USERNAME: email, PASSWORD: "not the password" })).rejects.toEqual(wrong);
    await expect(signIn({ USERNAME: "ghost@example.com", PASSWORD: password })).rejects.toEqual(wrong);
    await expect(signIn({ USERNAME: "ghost@example.com", PASSWORD: password }, "scripts")).rejects.toEqual(
      refusal("UserNotFoundException", "User does not exist."),
    );
  });

  it("locks the account for a second after five wrong passwords", async () => {
    await fixture.register("locked@example.com");
    const attempt = (PASSWORD: string) => signIn({ USERNAME: "locked@example.com", PASSWORD });
    for (let count = 0; count < 5; count += 1) await attempt("not the password").catch(() => undefined);
    await expect(attempt(password)).rejects.toEqual(refusal("NotAuthorizedException", "Password attempts exceeded"));
    fixture.clock.ms += 1000;
    await expect(attempt(password)).resolves.toHaveProperty("AuthenticationResult");
  });

  it("refuses a flow that the client does not allow", async () => {
    await expect(signIn({ USERNAME: email, PASSWORD: password }, "closed")).rejects.toEqual(
      refusal("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"),
    );
    const { refresh } = await fixture.signIn(email);
    await expect(refreshAuth(refresh, "web")).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("REFRESH_TOKEN_AUTH", () => {
  it("issues new tokens of the same session, without a new refresh token", async () => {
    const first = await fixture.signIn(email, "scripts");
    fixture.clock.ms += 60_000;
    const { AuthenticationResult: second } = await refreshAuth(first.refresh, "scripts");
    expect(second).not.toHaveProperty("RefreshToken");
    const [before, after] = [claimsOf(first.access), claimsOf(second?.AccessToken ?? "")];
    expect(after).toMatchObject({ origin_jti: before.origin_jti, auth_time: before.auth_time, iat: before.iat + 60 });
    expect(after.jti).not.toBe(before.jti);
  });

  it("refuses a token of another client, an invented token, and a token after 30 days", async () => {
    const { refresh } = await fixture.signIn(email, "web");
    const invalid = refusal("NotAuthorizedException", "Invalid Refresh Token");
    await expect(refreshAuth(refresh, "scripts")).rejects.toEqual(invalid);
    await expect(refreshAuth("a.b.c.d.e", "scripts")).rejects.toEqual(invalid);
    const { refresh: old } = await fixture.signIn(email, "scripts");
    fixture.clock.ms += 30 * 86_400_000;
    await expect(refreshAuth(old, "scripts")).rejects.toEqual(
      refusal("NotAuthorizedException", "Refresh Token has expired"),
    );
  });
});

describe("GetTokensFromRefreshToken", () => {
  it("rotates the refresh token, and accepts the old one during the grace period", async () => {
    const { refresh } = await fixture.signIn(email);
    const second = await rotate(refresh);
    expect(second?.RefreshToken).not.toBe(refresh);
    fixture.clock.ms += 60_000;
    expect(await rotate(refresh)).toHaveProperty("RefreshToken");
    fixture.clock.ms += 1;
    await expect(rotate(refresh)).rejects.toMatchObject({ name: "RefreshTokenReuseException" });
    expect(await rotate(second?.RefreshToken ?? "")).toHaveProperty("RefreshToken");
  });

  it("does not extend the session: rotated tokens expire when the first one would have", async () => {
    let { refresh } = await fixture.signIn(email);
    fixture.clock.ms += 30 * 86_400_000 - 1000;
    refresh = (await rotate(refresh))?.RefreshToken ?? "";
    fixture.clock.ms += 1000;
    await expect(rotate(refresh)).rejects.toEqual(refusal("NotAuthorizedException", "Refresh Token has expired"));
  });

  it("returns no new refresh token for a client without rotation", async () => {
    const { refresh } = await fixture.signIn(email, "scripts");
    expect(await rotate(refresh, "scripts")).not.toHaveProperty("RefreshToken");
  });
});

describe("GetUser", () => {
  it("returns the user of an access token, with the attributes that the client may read", async () => {
    const { access } = await fixture.signIn(email);
    const { Username, UserAttributes } = await getUser(access);
    expect(Username).toBe(sub);
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
    const own = await getUser((await fixture.signIn(email, "scripts")).access);
    expect(own.UserAttributes?.map(({ Name }) => Name).sort()).toEqual(["email", "sub"]);
  });

  it("refuses an ID token, and a changed, forged, unsigned or expired access token", async () => {
    const { access, id } = await fixture.signIn(email);
    const [header = "", payload = "", signature = ""] = access.split(".");
    const changed = Buffer.from(JSON.stringify({ ...claimsOf(access), sub: "someone" })).toString("base64url");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const forged = sign("RSA-SHA256", Buffer.from(`${header}.${payload}`), privateKey).toString("base64url");
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
    const invalid = refusal("NotAuthorizedException", "Invalid Access Token");
    await expect(getUser(id)).rejects.toEqual(invalid);
    await expect(getUser(`${header}.${changed}.${signature}`)).rejects.toEqual(invalid);
    await expect(getUser(`${header}.${payload}.${forged}`)).rejects.toEqual(invalid);
    await expect(getUser(unsigned)).rejects.toEqual(invalid);
    await expect(getUser("nonsense")).rejects.toEqual(invalid);
    fixture.clock.ms += 15 * 60_000;
    await expect(getUser(access)).rejects.toEqual(refusal("NotAuthorizedException", "Access Token has expired"));
  });
});

describe("RevokeToken", () => {
  it("revokes one session with all its tokens, and no other", async () => {
    const one = await fixture.signIn(email);
    const other = await fixture.signIn(email);
    const rotated = await rotate(one.refresh);
    await revoke(one.refresh);
    await revoke(one.refresh);
    const revoked = refusal("NotAuthorizedException", "Access Token has been revoked");
    await expect(getUser(one.access)).rejects.toEqual(revoked);
    await expect(getUser(rotated?.AccessToken ?? "")).rejects.toEqual(revoked);
    await expect(rotate(rotated?.RefreshToken ?? "")).rejects.toEqual(
      refusal("NotAuthorizedException", "Refresh Token has been revoked"),
    );
    expect(await getUser(other.access)).toHaveProperty("Username", sub);
  });

  it("refuses another client's token, an access token, and a client without revocation", async () => {
    const { refresh, access } = await fixture.signIn(email);
    await expect(revoke(refresh, "scripts")).rejects.toMatchObject({ name: "UnauthorizedException" });
    await expect(revoke(access)).rejects.toMatchObject({ name: "UnsupportedTokenTypeException" });
    await expect(revoke(refresh, "closed")).rejects.toMatchObject({ name: "UnsupportedOperationException" });
    expect(await getUser(access)).toHaveProperty("Username", sub);
  });
});

describe("GlobalSignOut", () => {
  it("revokes every session of the user", async () => {
    const [one, other] = [await fixture.signIn(email), await fixture.signIn(email, "scripts")];
    await fixture.sdk().send(new GlobalSignOutCommand({ AccessToken: one.access }));
    for (const access of [one.access, other.access])
      await expect(getUser(access)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(refreshAuth(other.refresh, "scripts")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await getUser((await fixture.signIn(email)).access)).toHaveProperty("Username", sub);
  });
});

describe("a restart", () => {
  it("keeps users, keys and tokens", async () => {
    const { access, refresh } = await fixture.signIn(email);
    const before = await fixture.cognito.jwks(issuer);
    await fixture.restart();
    expect(await fixture.cognito.jwks(issuer)).toEqual(before);
    expect(await getUser(access)).toHaveProperty("Username", sub);
    expect(await rotate(refresh)).toHaveProperty("RefreshToken");
  });
});

describe("the pool's public documents", () => {
  it("contain the public keys for token verification, and nothing private", async () => {
    const config = await (await fetch(`${fixture.cognito.url}/${poolId}/.well-known/openid-configuration`)).json();
    expect(config.issuer).toBe(issuer);
    const jwks = await (await fetch(config.jwks_uri)).json();
    expect(jwks).toEqual(await fixture.cognito.jwks(issuer));
    expect(Object.keys(jwks.keys[0]).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    expect((await fetch(`${fixture.cognito.url}/eu-west-1_Other/.well-known/jwks.json`)).status).toBe(404);
    await expect(fixture.cognito.jwks("https://example.com")).rejects.toThrow("no user pool");
  });
});
