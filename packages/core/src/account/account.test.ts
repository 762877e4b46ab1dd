import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { userIdOf } from "../ids.ts";
import { problem } from "../test-problem.ts";

import * as accounts from "./account.service.ts";
import { Email, Password } from "./account.ts";
import * as own from "./own-account.service.ts";
import { strangerAt } from "./test-context.ts";
import { startTestUserPool, type TestUserPool } from "./test-user-pool.ts";

let email: string;
let table: TestTable;
const userId = userIdOf(randomUUID());
let pool: TestUserPool;

beforeAll(async () => {
  [pool, table] = await Promise.all([startTestUserPool(), startTestTable()]);
  connect(() => table.name, table.config);
});
afterAll(() => Promise.all([pool.close(), table.close()]));
beforeEach(() => {
  email = `${randomUUID()}@example.com`;
  pool.calls.length = 0;
});

describe("Email", () => {
  it("is trimmed and converted to lower case", () => {
    expect(Email.parse(" Ada@Example.COM ")).toBe("ada@example.com");
  });

  it.each(["", "ada", "ada@", "@example.com", `${"a".repeat(250)}@b.de`])("rejects the address %j", (text) =>
    expect(Email.safeParse(text).success).toBe(false),
  );
});

describe("Password", () => {
  it.each(["twelve chars", "🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑", "x".repeat(256)])("accepts the password %j", (text) =>
    expect(Password.safeParse(text).success).toBe(true),
  );

  it.each(["eleven char", " leading space", "trailing space ", "x".repeat(257)])("rejects the password %j", (text) =>
    expect(Password.safeParse(text).success).toBe(false),
  );
});

describe("signUp", () => {
  const input = () => ({ email, password: "correct horse battery" });

  it("calls ResendConfirmationCode, then SignUp, for every address", async () => {
    await accounts.signUp(strangerAt(pool), input());
    expect(pool.calls).toEqual(["ResendConfirmationCode", "SignUp"]);
  });

  it("responds the same for an existing account and resends the code if it is unconfirmed", async () => {
    pool.refuseNext("SignUp", "UsernameExistsException");
    await accounts.signUp(strangerAt(pool), input());
    pool.refuseNext("SignUp", "UsernameExistsException");
    pool.refuseNext("ResendConfirmationCode", "InvalidParameterException");
    await accounts.signUp(strangerAt(pool), input());
    expect(pool.calls).toEqual(["ResendConfirmationCode", "SignUp", "ResendConfirmationCode", "SignUp"]);
  });

  it("returns password-too-weak when the user pool rejects the password", async () => {
    pool.refuseNext("SignUp", "InvalidPasswordException");
    await expect(accounts.signUp(strangerAt(pool), input())).rejects.toThrow(problem("password-too-weak"));
  });
});

describe("a mail with a code that is not sent", () => {
  const account = { email: "ada@example.com", password: "correct horse battery" };

  it.each(["CodeDeliveryFailureException", "UserLambdaValidationException", "InvalidLambdaResponseException"])(
    "is temporarily-unavailable: %s",
    async (error) => {
      pool.refuseNext("SignUp", error);
      await expect(accounts.signUp(strangerAt(pool), account)).rejects.toThrow(problem("temporarily-unavailable"));
      pool.refuseNext("ResendConfirmationCode", error);
      const resending = accounts.resendConfirmation(strangerAt(pool), { email });
      await expect(resending).rejects.toThrow(problem("temporarily-unavailable"));
    },
  );
});

describe("confirm", () => {
  const confirmation = () => ({ email, code: "123456", password: "correct horse battery" });

  it.each([
    "CodeMismatchException",
    "ExpiredCodeException",
    "UserNotFoundException",
    "NotAuthorizedException",
    "TooManyFailedAttemptsException",
    "LimitExceededException",
  ])("returns confirmation-code-invalid for %s", async (error) => {
    pool.refuseNext("ConfirmSignUp", error);
    const confirming = accounts.confirm(strangerAt(pool), confirmation());
    await expect(confirming).rejects.toThrow(problem("confirmation-code-invalid"));
    expect(pool.calls).toEqual(["ConfirmSignUp"]);
  });
});

describe("resendConfirmation", () => {
  it.each(["UserNotFoundException", "InvalidParameterException", "LimitExceededException"])(
    "ignores %s of ResendConfirmationCode",
    async (error) => {
      pool.refuseNext("ResendConfirmationCode", error);
      await accounts.resendConfirmation(strangerAt(pool), { email });
    },
  );
});

describe("requestReset", () => {
  it.each(["UserNotFoundException", "InvalidParameterException", "LimitExceededException", "NotAuthorizedException"])(
    "ignores %s of ForgotPassword",
    async (error) => {
      pool.refuseNext("ForgotPassword", error);
      await accounts.requestReset(strangerAt(pool), { email });
      expect(pool.calls).toEqual(["ForgotPassword", "ResendConfirmationCode"]);
    },
  );
});

describe("remove", () => {
  it("is idempotent", async () => {
    await own.remove(pool.identity, userId);
    pool.refuseNext("AdminDeleteUser", "UserNotFoundException");
    await own.remove(pool.identity, userId);
  });
});

describe("emailOf", () => {
  it("returns the address of the account", async () => {
    expect(await own.emailOf(pool.identity, userId)).toBe("ada@example.com");
  });

  it("throws user-not-found when the account was deleted", async () => {
    pool.refuseNext("AdminGetUser", "UserNotFoundException");
    await expect(own.emailOf(pool.identity, userId)).rejects.toThrow(problem("user-not-found"));
  });
});

describe("the user pool", () => {
  const resend = () => accounts.resendConfirmation(strangerAt(pool), { email });

  it("is called again after a temporary error", async () => {
    pool.refuseNext("ResendConfirmationCode", "InternalErrorException", 500);
    await resend();
    expect(pool.calls).toEqual(["ResendConfirmationCode", "ResendConfirmationCode"]);
  });

  it("is not called again when it limits the rate", async () => {
    pool.refuseNext("ResendConfirmationCode", "TooManyRequestsException");
    await expect(resend()).rejects.toThrow(problem("too-many-requests"));
    expect(pool.calls).toEqual(["ResendConfirmationCode"]);
  });

  it("is temporarily-unavailable when the connection fails", async () => {
    const nowhere = { ...pool.identity, endpoint: () => "http://127.0.0.1:1" };
    await expect(accounts.resendConfirmation({ ...strangerAt(pool), identity: nowhere }, { email })).rejects.toThrow(
      problem("temporarily-unavailable"),
    );
  });
});
