import type { CustomMessageTriggerEvent } from "aws-lambda";
import { beforeAll, describe, expect, it } from "vitest";
import { captureLog, contextOf } from "../test-api.ts";
import { handler } from "./custom-message.ts";

beforeAll(() => void captureLog());

const placeholder = "{####}";
const none = { smsMessage: null, emailMessage: null, emailSubject: null };

const eventFor = (triggerSource: CustomMessageTriggerEvent["triggerSource"]): CustomMessageTriggerEvent => ({
  version: "1",
  region: "eu-west-1",
  userPoolId: "eu-west-1_test",
  userName: "9f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f",
  triggerSource,
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "web" },
  request: {
    userAttributes: { email: "ada@example.com" },
    codeParameter: placeholder,
    linkParameter: "{##Click Here##}",
    usernameParameter: null,
  },
  response: none,
});
const responseTo = async (source: CustomMessageTriggerEvent["triggerSource"]) =>
  (await handler(eventFor(source), contextOf())).response;

describe("the custom-message trigger", () => {
  it.each([
    ["CustomMessage_SignUp", "Your Daybook confirmation code"],
    ["CustomMessage_ResendCode", "Your Daybook confirmation code"],
    ["CustomMessage_ForgotPassword", "Your Daybook password reset code"],
    ["CustomMessage_UpdateUserAttribute", "Your Daybook address change code"],
    ["CustomMessage_VerifyUserAttribute", "Your Daybook address change code"],
  ] as const)("writes HTML with the placeholder for %s, within Cognito's limits", async (source, subject) => {
    const { emailSubject, emailMessage, smsMessage } = await responseTo(source);
    expect([emailSubject, smsMessage]).toEqual([subject, null]);
    expect(emailMessage?.split(placeholder)).toHaveLength(2);
    expect(emailMessage?.length).toBeLessThan(20_000);
    expect(emailSubject?.length).toBeLessThanOrEqual(140);
  });

  it("leaves other mails to the user pool", async () => {
    expect(await responseTo("CustomMessage_AdminCreateUser")).toEqual(none);
  });
});
