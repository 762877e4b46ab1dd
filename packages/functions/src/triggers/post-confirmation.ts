import * as sessions from "@daybook/core/account/session.service";
import { systemClock } from "@daybook/core/clock";
import { userIdOf } from "@daybook/core/ids";
import * as users from "@daybook/core/user/user.service";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import "../database.ts";
import { trigger } from "./trigger.ts";

/** Writes profile and Inbox of a user who confirmed the account. Cognito calls it after a password reset too: that ends all sessions. */
export const handler = trigger("postConfirmation", async (event: PostConfirmationTriggerEvent) => {
  const { sub, email } = event.request.userAttributes;
  if (!sub || !email) return;
  const userId = userIdOf(sub);
  if (event.triggerSource === "PostConfirmation_ConfirmSignUp") await users.ensure({ userId }, email, systemClock);
  else await sessions.removeAllOf(userId);
});
