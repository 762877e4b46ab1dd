import {
  DeleteUserCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
  it("writes the attributes that the client may write, and refuses a change of the email address", async () => {
    await fixture.register("carol@example.com");
    const { access } = await fixture.signIn("carol@example.com");
    await update(access, "name", "Carol");
    expect((await getUser(access)).UserAttributes).toContainEqual({ Name: "name", Value: "Carol" });
    await expect(update(access, "email", "c@example.com")).rejects.toThrow("does not support a change of the email");
    await expect(update(access, "email_verified", "true")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const scripts = await fixture.signIn("carol@example.com", "scripts");
    await expect(update(scripts.access, "name", "C")).rejects.toEqual(
      refusal("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
    );
  });
});
