import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  DescribeUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fixture, password, poolId, reader, startFixture } from "../test-pool.ts";
import { codeAt, stepAt } from "./totp.ts";

const pool = { mfaConfiguration: "OPTIONAL", softwareTokenMfaConfiguration: { enabled: true } };
let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture({ pool });
});
afterAll(() => fixture.close());

const refusal = (name: string, message: string) => expect.objectContaining({ name, message });
const used = refusal("ExpiredCodeException", "Your software token has already been used once.");
const mismatch = refusal("CodeMismatchException", "Invalid code received for user");
const associate = (input: { AccessToken: string } | { Session: string }, on = fixture) =>
  on.sdk().send(new AssociateSoftwareTokenCommand(input));
const verify = (input: { AccessToken: string } | { Session: string }, UserCode: string, on = fixture) =>
  on.sdk().send(new VerifySoftwareTokenCommand({ ...input, UserCode }));
const prefer = (AccessToken: string, Enabled: boolean, PreferredMfa = Enabled) =>
  fixture
    .sdk()
    .send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled, PreferredMfa } }));
const begin = (USERNAME: string, { on = fixture, ClientId = "web", PASSWORD = password } = {}) =>
  on
    .sdk()
    .send(
      new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD } }),
    );
const respond = (
  Session: string | undefined,
  USERNAME: string,
  SOFTWARE_TOKEN_MFA_CODE: string,
  { ClientId = "web" } = {},
) =>
  fixture.sdk().send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      Session,
      ChallengeResponses: { USERNAME, SOFTWARE_TOKEN_MFA_CODE },
    }),
  );

/** Returns the current code, or the code `later` steps after it. */
const codeOf = (secret = "", later = 0, on = fixture) => codeAt(secret, stepAt(new Date(on.clock.ms)) + later);
const wrongCode = (secret: string) => {
  const right = [-1, 0, 1].map((later) => codeOf(secret, later));
  return ["000000", "000001", "000002", "000003"].find((code) => !right.includes(code)) ?? "";
};

/** Registers a user with a verified app that is required at sign-in. */
async function enrolled(email: string) {
  const sub = await fixture.register(email);
  const { access, refresh } = await fixture.signIn(email);
  const { SecretCode: secret = "" } = await associate({ AccessToken: access });
  await verify({ AccessToken: access }, codeOf(secret));
  await prefer(access, true);
  fixture.clock.ms += 60_000;
  return { email, sub, access, refresh, secret };
}

describe("setting up an authenticator app", () => {
  it("associates a secret, verifies its first code, and enables the second factor", async () => {
    const email = "ada@example.com";
    await fixture.register(email);
    const { access: AccessToken } = await fixture.signIn(email);
    const { SecretCode = "", Session } = await associate({ AccessToken });
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    expect(Session).toBeUndefined();
    await expect(prefer(AccessToken, true)).rejects.toEqual(
      refusal("InvalidParameterException", "User has not verified software token mfa"),
    );
    expect(await verify({ AccessToken }, codeOf(SecretCode))).toMatchObject({ Status: "SUCCESS" });
    expect(await begin(email)).toHaveProperty("AuthenticationResult");
    await prefer(AccessToken, true);
    const factors = { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"], PreferredMfaSetting: "SOFTWARE_TOKEN_MFA" };
    expect(await fixture.sdk().send(new GetUserCommand({ AccessToken }))).toMatchObject(factors);
    const asAdmin = new AdminGetUserCommand({ UserPoolId: poolId, Username: email });
    expect(await fixture.sdk().send(asAdmin)).toMatchObject(factors);
  });

  it("refuses a wrong code, a missing secret and an invalid or missing token", async () => {
    const email = "bob@example.com";
    await fixture.register(email);
    const { access: AccessToken, id } = await fixture.signIn(email);
    await expect(prefer(AccessToken, true)).rejects.toEqual(
      refusal("InvalidParameterException", "User has not set up software token mfa"),
    );
    await expect(verify({ AccessToken }, "123456")).rejects.toMatchObject({
      name: "SoftwareTokenMFANotFoundException",
    });
    const { SecretCode = "" } = await associate({ AccessToken });
    await expect(verify({ AccessToken }, wrongCode(SecretCode))).rejects.toEqual(
      refusal("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA"),
    );
    await expect(verify({ AccessToken }, "12345x")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(associate({ AccessToken: id })).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(fixture.sdk().send(new AssociateSoftwareTokenCommand({}))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("replaces the old secret only when the new one is verified", async () => {
    const { email, sub, access, secret } = await enrolled("carol@example.com");
    const { SecretCode: next = "" } = await associate({ AccessToken: access });
    const { Session: first } = await begin(email);
    await respond(first, sub, codeOf(secret));
    fixture.clock.ms += 60_000;
    await verify({ AccessToken: access }, codeOf(next));
    fixture.clock.ms += 60_000;
    const { Session: second } = await begin(email);
    await expect(respond(second, sub, codeOf(secret))).rejects.toEqual(mismatch);
    expect(await respond(second, sub, codeOf(next))).toHaveProperty("AuthenticationResult.RefreshToken");
  });

  it("is refused for a pool without a second factor", async () => {
    const without = await startFixture();
    await without.register("dora@example.com");
    const { access } = await without.signIn("dora@example.com");
    const refused = refusal(
      "SoftwareTokenMFANotFoundException",
      "Software Token MFA has not been enabled by the userPool.",
    );
    await expect(associate({ AccessToken: access }, without)).rejects.toEqual(refused);
    await expect(verify({ AccessToken: access }, "123456", without)).rejects.toEqual(refused);
    await without.close();
  });
});

describe("a sign-in with a second factor", () => {
  it("asks for a code only after the right password", async () => {
    const { email, sub, secret } = await enrolled("eve@example.com");
    await expect(begin(email, { PASSWORD: "not the password" })).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    const asked = await begin(email);
    expect(asked).toMatchObject({
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      ChallengeParameters: { USER_ID_FOR_SRP: sub },
      Session: expect.stringMatching(/^[\w-]{20,2048}$/),
    });
    expect(asked.AuthenticationResult).toBeUndefined();
    const { AuthenticationResult: result } = await respond(asked.Session, email, codeOf(secret));
    expect(result).toMatchObject({ TokenType: "Bearer", RefreshToken: expect.any(String) });
  });

  it("accepts the codes of the current, previous and next step, each once", async () => {
    const { email, sub, secret } = await enrolled("frank@example.com");
    const attempt = async (later: number) => respond((await begin(email)).Session, sub, codeOf(secret, later));
    for (const later of [-2, 2]) await expect(attempt(later)).rejects.toEqual(mismatch);
    for (const later of [1, 0, -1]) {
      await expect(attempt(later)).resolves.toHaveProperty("AuthenticationResult");
      await expect(attempt(later)).rejects.toEqual(used);
    }
  });

  it("refuses the code that verified the app", async () => {
    const email = "grace@example.com";
    const sub = await fixture.register(email);
    const { access: AccessToken } = await fixture.signIn(email);
    const { SecretCode = "" } = await associate({ AccessToken });
    await verify({ AccessToken }, codeOf(SecretCode));
    await prefer(AccessToken, true);
    await expect(respond((await begin(email)).Session, sub, codeOf(SecretCode))).rejects.toEqual(used);
  });

  it("allows a mistyped code to be corrected for three minutes, and uses the session once", async () => {
    const { email, sub, secret } = await enrolled("heidi@example.com");
    const { Session } = await begin(email);
    await expect(respond(Session, sub, wrongCode(secret))).rejects.toEqual(mismatch);
    await respond(Session, sub, codeOf(secret));
    fixture.clock.ms += 60_000;
    await expect(respond(Session, sub, codeOf(secret))).rejects.toEqual(
      refusal("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
    );
    const { Session: late } = await begin(email);
    fixture.clock.ms += 3 * 60_000;
    await expect(respond(late, sub, codeOf(secret))).rejects.toEqual(
      refusal("NotAuthorizedException", "Invalid session for the user, session is expired."),
    );
  });

  it("accepts a session only for its own user and client", async () => {
    const { email, secret } = await enrolled("ivan@example.com");
    const other = await enrolled("judy@example.com");
    const { Session } = await begin(email);
    const invalid = refusal("NotAuthorizedException", "Invalid session for the user.");
    await expect(respond(Session, other.sub, codeOf(other.secret))).rejects.toEqual(invalid);
    await expect(respond(Session, email, codeOf(secret), { ClientId: "scripts" })).rejects.toEqual(invalid);
    await expect(respond("x".repeat(20), email, codeOf(secret))).rejects.toEqual(invalid);
    await expect(respond(Session, email, "")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(associate({ Session: Session ?? "" })).rejects.toEqual(invalid);
  });

  it("locks the account after five wrong codes, which the right password alone does not reset", async () => {
    const { email, sub, secret } = await enrolled("mallory@example.com");
    for (let count = 0; count < 5; count += 1)
      await expect(respond((await begin(email)).Session, sub, wrongCode(secret))).rejects.toEqual(mismatch);
    const rests = refusal("NotAuthorizedException", "Password attempts exceeded");
    await expect(begin(email)).rejects.toEqual(rests);
    fixture.clock.ms += 1000;
    await expect(respond((await begin(email)).Session, sub, codeOf(secret))).resolves.toHaveProperty(
      "AuthenticationResult",
    );
  });

  it("survives a restart, and refreshes without a code", async () => {
    const { email, sub, secret, refresh } = await enrolled("niaj@example.com");
    const { Session } = await begin(email);
    await fixture.restart();
    await respond(Session, sub, codeOf(secret));
    const rotation = new GetTokensFromRefreshTokenCommand({ ClientId: "web", RefreshToken: refresh });
    expect(await fixture.sdk().send(rotation)).toHaveProperty("AuthenticationResult");
  });

  it("names an unsupported challenge in the error", async () => {
    const command = new RespondToAuthChallengeCommand({ ClientId: "web", ChallengeName: "SMS_MFA", Session: "x" });
    await expect(fixture.sdk().send(command)).rejects.toThrow("does not support the challenge SMS_MFA");
  });
});

describe("disabling a second factor", () => {
  it("works for the signed-in user, who can enable it again with the same app", async () => {
    const { email, access } = await enrolled("olivia@example.com");
    await prefer(access, false);
    expect(await begin(email)).toHaveProperty("AuthenticationResult");
    const user = await fixture.sdk().send(new GetUserCommand({ AccessToken: access }));
    expect([user.UserMFASettingList, user.PreferredMfaSetting]).toEqual([undefined, undefined]);
    await prefer(access, true);
    expect(await begin(email)).toHaveProperty("ChallengeName", "SOFTWARE_TOKEN_MFA");
  });

  it("works for an administrator, and is refused without permission", async () => {
    const { email } = await enrolled("peggy@example.com");
    const command = new AdminSetUserMFAPreferenceCommand({
      UserPoolId: poolId,
      Username: email,
      SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
    });
    await expect(fixture.sdk(reader.credentials).send(command)).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await fixture.sdk().send(command);
    expect(await begin(email)).toHaveProperty("AuthenticationResult");
  });

  it("refuses other kinds of second factor by name", async () => {
    const { access: AccessToken } = await enrolled("rupert@example.com");
    const SMSMfaSettings = { Enabled: true };
    await expect(fixture.sdk().send(new SetUserMFAPreferenceCommand({ AccessToken, SMSMfaSettings }))).rejects.toThrow(
      "does not support a second factor by SMSMfaSettings",
    );
  });
});

describe("a pool that requires a second factor", () => {
  it("makes the user set up an app before the sign-in completes", async () => {
    const strict = await startFixture({ pool: { ...pool, mfaConfiguration: "ON" } });
    const email = "sybil@example.com";
    const USERNAME = await strict.register(email);
    const { UserPool } = await strict.sdk().send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool?.MfaConfiguration).toBe("ON");
    const { ChallengeName, Session: first = "" } = await begin(email, { on: strict });
    expect(ChallengeName).toBe("MFA_SETUP");
    const finish = (Session: string | undefined) =>
      strict.sdk().send(
        new RespondToAuthChallengeCommand({
          ClientId: "web",
          ChallengeName: "MFA_SETUP",
          Session,
          ChallengeResponses: { USERNAME },
        }),
      );
    await expect(finish(first)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const { SecretCode, Session: second = "" } = await associate({ Session: first }, strict);
    const { Session: third } = await verify({ Session: second }, codeOf(SecretCode, 0, strict), strict);
    expect(await finish(third)).toHaveProperty("AuthenticationResult.AccessToken");
    expect(await begin(email, { on: strict })).toHaveProperty("ChallengeName", "SOFTWARE_TOKEN_MFA");
    await strict.close();
  });
});
