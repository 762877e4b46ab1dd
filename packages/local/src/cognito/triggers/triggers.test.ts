import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, it } from "vitest";
import { type Fixture, password, poolId, startFixture, type TriggerFunction } from "../test-pool.ts";

let fixture: Fixture;
afterEach(() => fixture.close());

const email = "ada@example.com";
const failing: TriggerFunction = () => ({ ok: false, error: { errorType: "Error", errorMessage: "no more room" } });
const answering =
  (response: Record<string, unknown>): TriggerFunction =>
  (event) => ({ ok: true, result: { ...event, response } });

const signUp = () => fixture.sdk().send(new SignUpCommand({ ClientId: "web", Username: email, Password: password }));
const confirm = async () => {
  const ConfirmationCode = await fixture.codeFor(email);
  await fixture.sdk().send(new ConfirmSignUpCommand({ ClientId: "web", Username: email, ConfirmationCode }));
};
const status = async () =>
  (await fixture.sdk().send(new AdminGetUserCommand({ UserPoolId: poolId, Username: email }))).UserStatus;

describe("PostConfirmation", () => {
  it("receives AWS's event after the user is confirmed", async () => {
    fixture = await startFixture({ triggers: { postConfirmation: (event) => ({ ok: true, result: event }) } });
    const sub = await fixture.register(email);
    expect(fixture.events).toEqual([
      {
        version: "1",
        region: "eu-west-1",
        userPoolId: poolId,
        userName: sub,
        callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "web" },
        triggerSource: "PostConfirmation_ConfirmSignUp",
        request: { userAttributes: { sub, email, email_verified: "true", "cognito:user_status": "CONFIRMED" } },
        response: {},
      },
    ]);
  });

  it("fails the request with the function's message, and leaves the user confirmed", async () => {
    fixture = await startFixture({ triggers: { postConfirmation: failing } });
    await signUp();
    await expect(confirm()).rejects.toMatchObject({
      name: "UserLambdaValidationException",
      message: "PostConfirmation failed with error no more room.",
    });
    expect(await status()).toBe("CONFIRMED");
    await expect(confirm()).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(fixture.events).toHaveLength(1);
  });

  it("is invoked three times in all when it exceeds the time limit", async () => {
    const never: TriggerFunction = () => new Promise(() => {});
    fixture = await startFixture({ triggers: { postConfirmation: never }, triggerLimitMs: 20 });
    await signUp();
    await expect(confirm()).rejects.toMatchObject({ name: "UnexpectedLambdaException" });
    expect(fixture.events).toHaveLength(3);
  });

  it("succeeds when a retry is in time", async () => {
    const slowOnce: TriggerFunction = (event, attempt) =>
      attempt === 1 ? new Promise(() => {}) : { ok: true, result: event };
    fixture = await startFixture({ triggers: { postConfirmation: slowOnce }, triggerLimitMs: 50 });
    await fixture.register(email);
    expect(fixture.events).toHaveLength(2);
  });

  it("must return its event", async () => {
    fixture = await startFixture({ triggers: { postConfirmation: () => ({ ok: true, result: null }) } });
    await signUp();
    await expect(confirm()).rejects.toMatchObject({
      name: "InvalidLambdaResponseException",
      message: "Unrecognizable lambda output",
    });
  });

  it("runs after a password reset, and the new password remains if it fails", async () => {
    let fails = false;
    const postConfirmation: TriggerFunction = (event, attempt) =>
      fails ? failing(event, attempt) : { ok: true, result: event };
    fixture = await startFixture({ triggers: { postConfirmation } });
    await fixture.register(email);
    fails = true;
    const sdk = fixture.sdk();
    await sdk.send(new ForgotPasswordCommand({ ClientId: "web", Username: email }));
    const reset = {
      ClientId: "web",
      Username: email,
      ConfirmationCode: await fixture.codeFor(email),
      Password: password.toUpperCase(),
    };
    await expect(sdk.send(new ConfirmForgotPasswordCommand(reset))).rejects.toMatchObject({
      name: "UserLambdaValidationException",
    });
    expect(fixture.events.map(({ triggerSource }) => triggerSource)).toEqual([
      "PostConfirmation_ConfirmSignUp",
      "PostConfirmation_ConfirmForgotPassword",
    ]);
    await expect(fixture.signIn(email)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  it("runs when an administrator confirms a user", async () => {
    fixture = await startFixture({ triggers: { postConfirmation: (event) => ({ ok: true, result: event }) } });
    await signUp();
    await fixture.sdk().send(new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username: email }));
    expect(fixture.events[0]).toMatchObject({
      callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" },
      request: { userAttributes: { email_verified: "false" } },
    });
  });
});

describe("PreSignUp", () => {
  it("can refuse a user, who is then not created", async () => {
    fixture = await startFixture({ triggers: { preSignUp: failing } });
    await expect(signUp()).rejects.toMatchObject({ message: "PreSignUp failed with error no more room." });
    await expect(status()).rejects.toMatchObject({ name: "UserNotFoundException" });
    expect(fixture.mailbox.list()).toEqual([]);
  });

  it("can confirm a user: no code is mailed, and PostConfirmation runs", async () => {
    const preSignUp = answering({ autoConfirmUser: true, autoVerifyEmail: true });
    const postConfirmation: TriggerFunction = (event) => ({ ok: true, result: event });
    fixture = await startFixture({ triggers: { preSignUp, postConfirmation } });
    expect(await signUp()).toMatchObject({ UserConfirmed: true });
    expect(fixture.events.map(({ triggerSource }) => triggerSource)).toEqual([
      "PreSignUp_SignUp",
      "PostConfirmation_ConfirmSignUp",
    ]);
    expect(fixture.mailbox.list()).toEqual([]);
    expect(await fixture.signIn(email)).toHaveProperty("access");
  });
});

describe("CustomMessage", () => {
  const throughSes = {
    emailConfiguration: { emailSendingAccount: "DEVELOPER", fromEmailAddress: "Daybook <hello@daybook.example>" },
  };

  it("changes the text of the mails", async () => {
    const emailMessage = "<head><style>p { color: #123456 }</style></head><p>Hello! {####}</p>";
    const customMessage = answering({ emailSubject: "Welcome", emailMessage });
    fixture = await startFixture({ triggers: { customMessage }, pool: throughSes });
    await signUp();
    await fixture.sdk().send(new ResendConfirmationCodeCommand({ ClientId: "web", Username: email }));
    await confirm();
    await fixture.sdk().send(new ForgotPasswordCommand({ ClientId: "web", Username: email }));
    const sources = fixture.events.map(({ triggerSource }) => triggerSource);
    expect(sources).toEqual(["CustomMessage_SignUp", "CustomMessage_ResendCode", "CustomMessage_ForgotPassword"]);
    for (const mail of fixture.mailbox.list())
      expect(mail).toMatchObject({ subject: "Welcome", body: { text: expect.stringMatching(/^Hello! \d{6}$/) } });
  });

  it("leaves the pool's text if it returns none", async () => {
    const nothing = { smsMessage: null, emailMessage: null, emailSubject: null };
    fixture = await startFixture({ triggers: { customMessage: answering(nothing) } });
    await signUp();
    expect(fixture.events[0]?.response).toEqual(nothing);
    expect(fixture.mailbox.list()[0]).toMatchObject({ subject: "Your code" });
  });

  it.each([
    ["a message in a pool that does not send through SES", {}, { emailMessage: "{####}" }],
    ["a subject in a pool that does not send through SES", {}, { emailSubject: "Welcome" }],
    ["a message without the code parameter", throughSes, { emailMessage: "Hello!" }],
    ["a message of more than 20,000 characters", throughSes, { emailMessage: `{####}${"x".repeat(20_000)}` }],
    ["a subject of more than 140 characters", throughSes, { emailSubject: "x".repeat(141) }],
  ])("fails the request with %s, and the user exists", async (_, pool, response) => {
    fixture = await startFixture({ triggers: { customMessage: answering(response) }, pool });
    await expect(signUp()).rejects.toMatchObject({ name: "InvalidLambdaResponseException" });
    expect(fixture.mailbox.list()).toEqual([]);
    expect(await status()).toBe("UNCONFIRMED");
  });
});

describe("PreTokenGeneration", () => {
  it("adds and suppresses claims of the ID token", async () => {
    const claimsOverrideDetails = { claimsToAddOrOverride: { plan: "free" }, claimsToSuppress: ["email_verified"] };
    fixture = await startFixture({ triggers: { preTokenGeneration: answering({ claimsOverrideDetails }) } });
    await fixture.register(email);
    const { id } = await fixture.signIn(email);
    const claims = JSON.parse(Buffer.from(id.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ plan: "free", email });
    expect(claims).not.toHaveProperty("email_verified");
    expect(fixture.events[0]?.triggerSource).toBe("TokenGeneration_Authentication");
  });
});

describe("PreAuthentication and PostAuthentication", () => {
  it("run before and after the password check, and a failure refuses the sign-in", async () => {
    const preAuthentication: TriggerFunction = (event) => ({ ok: true, result: event });
    fixture = await startFixture({ triggers: { preAuthentication, postAuthentication: failing } });
    await fixture.register(email);
    await expect(fixture.signIn(email)).rejects.toMatchObject({
      message: "PostAuthentication failed with error no more room.",
    });
    expect(fixture.events.map(({ triggerSource }) => triggerSource)).toEqual([
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
    ]);
  });
});
