import { type CodePurpose, codeMail } from "@daybook/core/account/code.mail";
import type { CustomMessageTriggerEvent } from "aws-lambda";
import { trigger } from "./trigger.ts";

const purposes: Readonly<Partial<Record<CustomMessageTriggerEvent["triggerSource"], CodePurpose>>> = {
  CustomMessage_SignUp: "confirm",
  CustomMessage_ResendCode: "confirm",
  CustomMessage_ForgotPassword: "reset",
  CustomMessage_UpdateUserAttribute: "change",
  CustomMessage_VerifyUserAttribute: "change",
};

/** Writes a mail with a code. For other purposes, Cognito mails the pool's own text. */
export const handler = trigger("customMessage", async (event: CustomMessageTriggerEvent) => {
  const purpose = purposes[event.triggerSource];
  if (purpose === undefined) return;
  const { subject, html } = codeMail(purpose, event.request.codeParameter);
  event.response = { ...event.response, emailSubject: subject, emailMessage: html };
});
