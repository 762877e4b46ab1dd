import {
  DeleteUserCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fixture, password, startFixture } from "./test-pool.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const deleteUser = (AccessToken: string) => fixture.sdk().send(new DeleteUserCommand({ AccessToken }));
const getUser = (AccessToken: string) => fixture.sdk().send(new GetUserCommand({ AccessToken }));
const update = (AccessToken: string, Name: string, Value: string) =>
  fixture.sdk().send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }));
const refusal = (name: string, message: string) => expect.objectContaining({ name, message });

describe("DeleteUser", () => {
  it("deletes the user with all tokens, and frees the address", async () => {
    const email = "ada@example.com";
    const sub = await fixture.register(email);
    const { access, refresh } = await fixture.signIn(email);
    await deleteUser(access);
    const gone = refusal("UserNotFoundException", "User does not exist.");
    await expect(getUser(access)).rejects.toEqual(gone);
    await expect(deleteUser(access)).rejects.toEqual(gone);
    const rotation = new GetTokensFromRefreshTokenCommand({ ClientId: "web", RefreshToken: refresh });
    await expect(fixture.sdk().send(rotation)).rejects.toEqual(
      refusal("NotAuthorizedException", "Invalid Refresh Token"),
    );
    const AuthParameters = { USERNAME: email, PASSWORD: password };
    const signIn = new InitiateAuthCommand({ ClientId: "web", AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await expect(fixture.sdk().send(signIn)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await fixture.register(email)).not.toBe(sub);
  });

  it("refuses an expired access token, and a token that is not an access token", async () => {
    await fixture.register("bob@example.com");
    const { access, id } = await fixture.signIn("bob@example.com");
    await expect(deleteUser(id)).rejects.toEqual(refusal("NotAuthorizedException", "Invalid Access Token"));
    fixture.clock.ms += 15 * 60_000;
    await expect(deleteUser(access)).rejects.toEqual(refusal("NotAuthorizedException", "Access Token has expired"));
    await fixture.signIn("bob@example.com");
  });
});

describe("UpdateUserAttributes", () => {
  it("writes the attributes that the client may write", async () => {
    await fixture.register("carol@example.com");
    const { access } = await fixture.signIn("carol@example.com");
    await update(access, "name", "Carol");
    expect((await getUser(access)).UserAttributes).toContainEqual({ Name: "name", Value: "Carol" });
    await expect(update(access, "email_verified", "true")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const scripts = await fixture.signIn("carol@example.com", "scripts");
    await expect(update(scripts.access, "name", "C")).rejects.toEqual(
      refusal("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
    );
  });
});

describe("A new email address", () => {
  const settings = { attributesRequireVerificationBeforeUpdates: ["email"] };
  const email = "dora@example.com";
  const verify = (own: Fixture, AccessToken: string, Code: string) =>
    own.sdk().send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
  const addressOf = async (own: Fixture, AccessToken: string) =>
    (await own.sdk().send(new GetUserCommand({ AccessToken }))).UserAttributes?.find(({ Name }) => Name === "email")
      ?.Value;

  let own: Fixture;
  beforeEach(async () => {
    own = await startFixture({
      pool: { userAttributeUpdateSettings: settings },
      triggers: { customMessage: (event) => ({ ok: true, result: event }) },
    });
    await own.register(email);
    return () => own.close();
  });
  const change = (AccessToken: string, Value: string) =>
    own.sdk().send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email", Value }] }));

  it("takes effect when its mailed code is verified; until then, the user signs in with the old one", async () => {
    const { access } = await own.signIn(email);
    const { CodeDeliveryDetailsList } = await change(access, "new@example.com");
    expect(CodeDeliveryDetailsList).toEqual([
      { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "n***@e***" },
    ]);
    expect(own.events.at(-1)?.triggerSource).toBe("CustomMessage_UpdateUserAttribute");
    expect(await addressOf(own, access)).toBe(email);
    await own.signIn(email);
    const code = await own.codeFor("new@example.com");
    await expect(verify(own, access, code === "000000" ? "000001" : "000000")).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    await verify(own, access, code);
    expect(await addressOf(own, access)).toBe("new@example.com");
    await own.signIn("new@example.com");
    await expect(own.signIn(email)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(verify(own, access, code)).rejects.toMatchObject({ name: "ExpiredCodeException" });
    await own.register(email);
  });

  it("is refused if another user has it, also when that user came later", async () => {
    await own.register("taken@example.com");
    const { access } = await own.signIn(email);
    await expect(change(access, "taken@example.com")).rejects.toMatchObject({ name: "AliasExistsException" });
    await change(access, "later@example.com");
    const code = await own.codeFor("later@example.com");
    own.mailbox.clear();
    await own.register("later@example.com");
    await expect(verify(own, access, code)).rejects.toMatchObject({ name: "AliasExistsException" });
    expect(await addressOf(own, access)).toBe(email);
  });

  it("is refused if it is not an address, and mails nothing if it is the current one", async () => {
    const { access } = await own.signIn(email);
    await expect(change(access, "nobody")).rejects.toMatchObject({ name: "InvalidParameterException" });
    own.mailbox.clear();
    expect((await change(access, email)).CodeDeliveryDetailsList).toBeUndefined();
    expect(own.mailbox.list()).toEqual([]);
  });

  it("expires after 24 hours", async () => {
    const { access } = await own.signIn(email);
    await change(access, "new@example.com");
    const code = await own.codeFor("new@example.com");
    own.clock.ms += 24 * 3600_000;
    const { access: later } = await own.signIn(email);
    await expect(verify(own, later, code)).rejects.toMatchObject({ name: "ExpiredCodeException" });
  });

  it("is refused by a pool that would apply it without verification", async () => {
    await fixture.register("erin@example.com");
    const { access } = await fixture.signIn("erin@example.com");
    await expect(update(access, "email", "e@example.com")).rejects.toThrow("without verification");
  });
});
