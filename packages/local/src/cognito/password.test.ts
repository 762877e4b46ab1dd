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

/** Asks for a code and reads it in the mail. */
async function resetCode(email: string): Promise<string> {
  const before = fixture.mailbox.list({ to: email }).length;
  expect(await forgot(email)).toMatchObject({
    CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: expect.stringMatching(/\*/) },
  });
  expect(fixture.mailbox.list({ to: email })).toHaveLength(before + 1);
  return fixture.codeFor(email);
}

describe("ForgotPassword and ConfirmForgotPassword", () => {
  it("replace the password by means of a mailed code, whatever the case of the address", async () => {
    await fixture.register("ada@example.com");
    await confirm("ADA@Example.com", await resetCode("ada@example.com"));
    await expect(signIn("ada@example.com", password)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await signIn("ada@example.com", newPassword)).toHaveProperty("AuthenticationResult");
  });

  it("take a code once, for an hour, and the newest one alone", async () => {
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

  it("let one of two requests with the same code succeed", async () => {
    await fixture.register("race@example.com");
    const code = await resetCode("race@example.com");
    const results = await Promise.allSettled([
      confirm("race@example.com", code, "the first of the two"),
      confirm("race@example.com", code, "the other of the two"),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuse a wrong code, and any code after five wrong ones, until a new one is sent", async () => {
    const email = "guess@example.com";
    await fixture.register(email);
    const code = await resetCode(email);
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(confirm(email, wrongCode(code))).rejects.toEqual(mismatch);
    await expect(confirm(email, code)).rejects.toEqual(limit);
    await confirm(email, await resetCode(email));
  });

  it("mail twenty codes in an hour and no more", async () => {
    const email = "often@example.com";
    await fixture.register(email);
    for (let count = 0; count < 20; count += 1) await forgot(email);
    await expect(forgot(email)).rejects.toEqual(limit);
    fixture.clock.ms += 3600 * 1000;
    await expect(forgot(email)).resolves.toHaveProperty("CodeDeliveryDetails");
  });

  it("refuse a weak password and leave the code as it is", async () => {
    await fixture.register("weak@example.com");
    const code = await resetCode("weak@example.com");
    await expect(confirm("weak@example.com", code, "elevenchars")).rejects.toEqual(
      refusal("InvalidPasswordException", "Password did not conform with policy: Password not long enough"),
    );
    await confirm("weak@example.com", code);
  });

  it("tell a client that hides it nothing about who has an account", async () => {
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

  it("tell every other client", async () => {
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

  it("are not for a pool whose administrators alone reset passwords", async () => {
    const accountRecoverySetting = { recoveryMechanisms: [{ name: "admin_only", priority: 1 }] };
    const strict = await startFixture({ pool: { accountRecoverySetting } });
    const command = new ForgotPasswordCommand({ ClientId: "web", Username: "ada@example.com" });
    await expect(strict.sdk().send(command)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await strict.close();
  });

  it("end no session: that is for the application", async () => {
    await fixture.register("stays@example.com");
    const { access, refresh } = await fixture.signIn("stays@example.com");
    await confirm("stays@example.com", await resetCode("stays@example.com"));
    expect(await fixture.sdk().send(new GetUserCommand({ AccessToken: access }))).toHaveProperty("Username");
    expect(await rotate(refresh)).toHaveProperty("AuthenticationResult");
  });

  it("let in whom too many wrong passwords had locked out", async () => {
    const email = "locked@example.com";
    await fixture.register(email);
    for (let count = 0; count < 8; count += 1) await signIn(email, "not the password").catch(() => undefined);
    await confirm(email, await resetCode(email));
    expect(await signIn(email, newPassword)).toHaveProperty("AuthenticationResult");
  });
});

describe("ChangePassword", () => {
  it("asks for the old password, and ends no session", async () => {
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

  it("refuses a weak password, and a token that is none", async () => {
    await fixture.register("carol@example.com");
    const { access, id } = await fixture.signIn("carol@example.com");
    await expect(change(access, password, "elevenchars")).rejects.toMatchObject({ name: "InvalidPasswordException" });
    await expect(change(access, password, "short")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(change(id, password)).rejects.toEqual(refusal("NotAuthorizedException", "Invalid Access Token"));
  });

  it("rests after five wrong passwords", async () => {
    await fixture.register("dora@example.com");
    const { access } = await fixture.signIn("dora@example.com");
    for (let count = 0; count < 5; count += 1) await change(access, "not the password").catch(() => undefined);
    await expect(change(access, password)).rejects.toEqual(limit);
    fixture.clock.ms += 1000;
    await change(access, password);
  });
});
