import {
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fixture, password, startFixture } from "./test-pool.ts";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

const signUp = (Username: string, Password = password, ClientId = "web") =>
  fixture.sdk().send(new SignUpCommand({ ClientId, Username, Password }));
const confirm = (Username: string, ConfirmationCode: string, ClientId = "web") =>
  fixture.sdk().send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
const resend = (Username: string, ClientId = "web") =>
  fixture.sdk().send(new ResendConfirmationCodeCommand({ ClientId, Username }));
const refusal = (name: string, message: string) => expect.objectContaining({ name, message });
const wrongCode = (code: string) => (code === "000000" ? "000001" : "000000");

describe("SignUp", () => {
  it("creates an unconfirmed user and mails a code with the pool's text", async () => {
    const answer = await signUp("ada@example.com");
    expect(answer).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" },
    });
    const [mail] = fixture.mailbox.list({ to: "ada@example.com" });
    expect(mail?.subject).toBe("Your code");
    expect(mail?.body.html).toMatch(/^Your code is \d{6}\.$/);
  });

  it("refuses an address that already has an account, regardless of case", async () => {
    await signUp("case@example.com");
    await expect(signUp("Case@Example.com")).rejects.toEqual(
      refusal("UsernameExistsException", "An account with the given email already exists."),
    );
  });

  it("creates one user when several requests for the same address are concurrent", async () => {
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => signUp("race@example.com")));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(fixture.mailbox.list({ to: "race@example.com" })).toHaveLength(1);
  });

  it("refuses an invalid address, and passwords that violate the pool's policy or the API's constraints", async () => {
    await expect(signUp("ada")).rejects.toEqual(refusal("InvalidParameterException", "Username should be an email."));
    await expect(signUp("weak@example.com", "elevenchars")).rejects.toEqual(
      refusal("InvalidPasswordException", "Password did not conform with policy: Password not long enough"),
    );
    await expect(signUp("weak@example.com", "short")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(signUp("weak@example.com", ` ${password}`)).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("refuses an unknown client, and attributes that the client may not write", async () => {
    await expect(signUp("b@example.com", password, "nobody")).rejects.toEqual(
      refusal("ResourceNotFoundException", "User pool client nobody does not exist."),
    );
    const UserAttributes = [{ Name: "custom:role", Value: "admin" }];
    const command = { ClientId: "scripts", Username: "b@example.com", Password: password, UserAttributes };
    await expect(fixture.sdk().send(new SignUpCommand(command))).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
  });

  it("names the rule that a password violates", async () => {
    const strict = await startFixture({ pool: { passwordPolicy: undefined } });
    const attempt = (Password: string) =>
      strict.sdk().send(new SignUpCommand({ ClientId: "web", Username: "a@example.com", Password }));
    await expect(attempt("lower-1-case")).rejects.toThrow("Password must have uppercase characters");
    await expect(attempt("UPPER-1-CASE")).rejects.toThrow("Password must have lowercase characters");
    await expect(attempt("No-number-here")).rejects.toThrow("Password must have numeric characters");
    await expect(attempt("NoSymbol1")).rejects.toThrow("Password must have symbol characters");
    await expect(attempt("All-of-them-1")).resolves.toMatchObject({ UserConfirmed: false });
    await strict.close();
  });
});

describe("ConfirmSignUp", () => {
  it("confirms the user with the mailed code, once", async () => {
    await signUp("once@example.com");
    const code = await fixture.codeFor("once@example.com");
    await confirm("Once@example.com", code);
    await expect(confirm("once@example.com", code)).rejects.toEqual(
      refusal("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"),
    );
  });

  it("refuses every code after five wrong attempts, until a new code is sent", async () => {
    await signUp("guess@example.com");
    const code = await fixture.codeFor("guess@example.com");
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(confirm("guess@example.com", wrongCode(code))).rejects.toEqual(
        refusal("CodeMismatchException", "Invalid verification code provided, please try again."),
      );
    await expect(confirm("guess@example.com", code)).rejects.toEqual(
      refusal("LimitExceededException", "Attempt limit exceeded, please try after some time."),
    );
    await resend("guess@example.com");
    await confirm("guess@example.com", await fixture.codeFor("guess@example.com"));
  });

  it("refuses a code after 24 hours", async () => {
    await signUp("late@example.com");
    fixture.clock.ms += 24 * 3600 * 1000;
    await expect(confirm("late@example.com", await fixture.codeFor("late@example.com"))).rejects.toEqual(
      refusal("ExpiredCodeException", "Invalid code provided, please request a code again."),
    );
  });

  it("hides whether an account exists from a client that prevents existence errors", async () => {
    await expect(confirm("nobody@example.com", "123456")).rejects.toMatchObject({ name: "ExpiredCodeException" });
    await expect(confirm("nobody@example.com", "123456", "scripts")).rejects.toEqual(
      refusal("UserNotFoundException", "Username/client id combination not found."),
    );
  });
});

describe("ResendConfirmationCode", () => {
  it("mails a new code, which invalidates the previous one", async () => {
    await signUp("again@example.com");
    const first = await fixture.codeFor("again@example.com");
    let second = first;
    while (second === first) {
      await resend("again@example.com");
      second = await fixture.codeFor("again@example.com");
    }
    await expect(confirm("again@example.com", first)).rejects.toMatchObject({ name: "CodeMismatchException" });
    await confirm("again@example.com", second);
  });

  it("refuses a confirmed user", async () => {
    await fixture.register("done@example.com");
    await expect(resend("done@example.com")).rejects.toEqual(
      refusal("InvalidParameterException", "User is already confirmed."),
    );
  });

  it("hides whether an address is known if the client prevents existence errors, and mails nothing", async () => {
    expect(await resend("ghost@example.com")).toMatchObject({ CodeDeliveryDetails: { Destination: "g***@e***" } });
    expect(fixture.mailbox.list({ to: "ghost@example.com" })).toEqual([]);
    await expect(resend("ghost@example.com", "scripts")).rejects.toMatchObject({ name: "UserNotFoundException" });
  });
});

describe("an unconfirmed user", () => {
  it("cannot sign in, and learns the reason only with the right password", async () => {
    await signUp("waiting@example.com");
    const attempt = (PASSWORD: string) =>
      fixture.sdk().send(
        new InitiateAuthCommand({
          ClientId: "web",
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "waiting@example.com", PASSWORD },
        }),
      );
    await expect(attempt(password)).rejects.toEqual(refusal("UserNotConfirmedException", "User is not confirmed."));
    await expect(attempt("something else")).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });
});
