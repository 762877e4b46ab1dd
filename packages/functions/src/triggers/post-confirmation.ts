import { systemClock } from "@daybook/core/clock";
import { userIdOf } from "@daybook/core/ids";
import * as users from "@daybook/core/user/user.service";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import "../database.ts";
import { trigger } from "./trigger.ts";

/** Writes profile and Inbox of a user who confirmed the account. Cognito calls it after a password reset too. */
export const handler = trigger("postConfirmation", async (event: PostConfirmationTriggerEvent) => {
  const { sub, email } = event.request.userAttributes;
  if (event.triggerSource !== "PostConfirmation_ConfirmSignUp" || !sub || !email) return;
  await users.ensure({ userId: userIdOf(sub) }, email, systemClock);
});
