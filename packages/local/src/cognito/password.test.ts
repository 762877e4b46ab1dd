import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fixture, password, startFixture } from "./test-pool.ts";

const newPassword = "a new and longer one";
let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const forgot = (Username: string, ClientId = "web") =>
  fixture.sdk().send(new ForgotPasswordCommand({ ClientId, Username }));
const confirm = (Username: string, ConfirmationCode: string, Password = newPassword, ClientId = "web") =>
  fixture.sdk().send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));
const change = (AccessToken: string, PreviousPassword: string, ProposedPassword = newPassword) =>
  fixture.sdk().send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
const signIn = (USERNAME: string, PASSWORD: string) =>
  fixture.sdk().send(
    new InitiateAuthCommand({
      ClientId: "web",
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD },
    }),
  );
const rotate = (RefreshToken: string) =>
  fixture.sdk().send(new GetTokensFromRefreshTokenCommand({ ClientId: "web", RefreshToken }));
const refusal = (name: string, message: string) => expect.objectContaining({ name, message });
const mismatch = refusal("CodeMismatchException", "Invalid verification code provided, please try again.");
const expired = refusal("ExpiredCodeException", "Invalid code provided, please request a code again.");
const limit = refusal("LimitExceededException", "Attempt limit exceeded, please try after some time.");
const wrongCode = (code: string) => (code === "000000" ? "000001" : "000000");

/** Requests a reset code and reads it from the mail. */
async function resetCode(email: string): Promise<string> {
  const before = fixture.mailbox.list({ to: email }).length;
  expect(await forgot(email)).toMatchObject({
    CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: expect.stringMatching(/\*/) },
  });
  expect(fixture.mailbox.list({ to: email })).toHaveLength(before + 1);
  return fixture.codeFor(email);
}

describe("ForgotPassword and ConfirmForgotPassword", () => {
  it("reset the password with a mailed code, regardless of the address's case", async () => {
    await fixture.register("ada@example.com");
    await confirm("ADA@Example.com", await resetCode("ada@example.com"));
    await expect(signIn("ada@example.com", password)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await signIn("ada@example.com", newPassword)).toHaveProperty("AuthenticationResult");
  });

  it("accept only the newest code, once, within an hour", async () => {
    const email = "once@example.com";
    await fixture.register(email);
    const first = await resetCode(email);
    let second = first;
    while (second === first) second = await resetCode(email);
    await expect(confirm(email, first)).rejects.toEqual(mismatch);
    await confirm(email, second);
    await expect(confirm(email, second)).rejects.toEqual(expired);
    const late = await resetCode(email);
    fixture.clock.ms += 3600 * 1000;
    await expect(confirm(email, late)).rejects.toEqual(expired);
  });

  it("accept a code in only one of two concurrent requests", async () => {
    await fixture.register("race@example.com");
    const code = await resetCode("race@example.com");
    const results = await Promise.allSettled([
      confirm("race@example.com", code, "the first of the two"),
      confirm("race@example.com", code, "the other of the two"),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuse every code after five wrong attempts, until a new code is sent", async () => {
    const email = "guess@example.com";
    await fixture.register(email);
    const code = await resetCode(email);
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(confirm(email, wrongCode(code))).rejects.toEqual(mismatch);
    await expect(confirm(email, code)).rejects.toEqual(limit);
    await confirm(email, await resetCode(email));
  });

  it("limit mailed codes to twenty per hour", async () => {
    const email = "often@example.com";
    await fixture.register(email);
    for (let count = 0; count < 20; count += 1) await forgot(email);
    await expect(forgot(email)).rejects.toEqual(limit);
    fixture.clock.ms += 3600 * 1000;
    await expect(forgot(email)).resolves.toHaveProperty("CodeDeliveryDetails");
  });

  it("keep the code valid when the new password is too weak", async () => {
    await fixture.register("weak@example.com");
    const code = await resetCode("weak@example.com");
    await expect(confirm("weak@example.com", code, "elevenchars")).rejects.toEqual(
      refusal("InvalidPasswordException", "Password did not conform with policy: Password not long enough"),
    );
    await confirm("weak@example.com", code);
  });

  it("hide whether an account exists from a client that prevents existence errors", async () => {
    await fixture
      .sdk()
      .send(new SignUpCommand({ ClientId: "web", Username: "waiting@example.com", Password: password }));
    const mailed = fixture.mailbox.list().length;
    for (const email of ["nobody@example.com", "waiting@example.com"])
      expect(await forgot(email)).toMatchObject({ CodeDeliveryDetails: { Destination: `${email[0]}***@e***` } });
    expect(fixture.mailbox.list()).toHaveLength(mailed);
    await expect(confirm("nobody@example.com", "123456")).rejects.toEqual(mismatch);
    await expect(confirm("waiting@example.com", "123456")).rejects.toEqual(expired);
  });

  it("report an unknown user to other clients", async () => {
    const unknown = refusal("UserNotFoundException", "Username/client id combination not found.");
    await expect(forgot("nobody@example.com", "scripts")).rejects.toEqual(unknown);
    await expect(confirm("nobody@example.com", "123456", newPassword, "scripts")).rejects.toEqual(unknown);
    await expect(forgot("waiting@example.com", "scripts")).rejects.toEqual(
      refusal(
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
      ),
    );
  });

  it("are refused for a pool in which only administrators reset passwords", async () => {
    const accountRecoverySetting = { recoveryMechanisms: [{ name: "admin_only", priority: 1 }] };
    const strict = await startFixture({ pool: { accountRecoverySetting } });
    const command = new ForgotPasswordCommand({ ClientId: "web", Username: "ada@example.com" });
    await expect(strict.sdk().send(command)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await strict.close();
  });

  it("keep existing sessions valid", async () => {
    await fixture.register("stays@example.com");
    const { access, refresh } = await fixture.signIn("stays@example.com");
    await confirm("stays@example.com", await resetCode("stays@example.com"));
    expect(await fixture.sdk().send(new GetUserCommand({ AccessToken: access }))).toHaveProperty("Username");
    expect(await rotate(refresh)).toHaveProperty("AuthenticationResult");
  });

  it("end the lockout of an account", async () => {
    const email = "locked@example.com";
    await fixture.register(email);
    for (let count = 0; count < 8; count += 1) await signIn(email, "not the password").catch(() => undefined);
    await confirm(email, await resetCode(email));
    expect(await signIn(email, newPassword)).toHaveProperty("AuthenticationResult");
  });
});

describe("ChangePassword", () => {
  it("requires the old password, and keeps existing sessions valid", async () => {
    await fixture.register("bob@example.com");
    const { access, refresh } = await fixture.signIn("bob@example.com");
    await expect(change(access, "not the password")).rejects.toEqual(
      refusal("NotAuthorizedException", "Incorrect username or password."),
    );
    await change(access, password);
    expect(await signIn("bob@example.com", newPassword)).toHaveProperty("AuthenticationResult");
    await expect(signIn("bob@example.com", password)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await rotate(refresh)).toHaveProperty("AuthenticationResult");
  });

  it("refuses a weak password, and a token that is not an access token", async () => {
    await fixture.register("carol@example.com");
    const { access, id } = await fixture.signIn("carol@example.com");
    await expect(change(access, password, "elevenchars")).rejects.toMatchObject({ name: "InvalidPasswordException" });
    await expect(change(access, password, "short")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(change(id, password)).rejects.toEqual(refusal("NotAuthorizedException", "Invalid Access Token"));
  });

  it("locks the account for a second after five wrong passwords", async () => {
    await fixture.register("dora@example.com");
    const { access } = await fixture.signIn("dora@example.com");
    for (let count = 0; count < 5; count += 1) await change(access, "not the password").catch(() => undefined);
    await expect(change(access, password)).rejects.toEqual(limit);
    fixture.clock.ms += 1000;
    await change(access, password);
  });
});
