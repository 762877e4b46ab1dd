import * as accounts from "@daybook/core/account/own-account.service";
import * as sessions from "@daybook/core/account/session.service";
import { systemClock } from "@daybook/core/clock";
import { userIdOf } from "@daybook/core/ids";
import * as users from "@daybook/core/user/user.service";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import "../database.ts";
import { poolOf } from "./pool.ts";
import { trigger } from "./trigger.ts";

/**
 * Ends the password of the sign-up, which may be somebody else's, and writes profile and Inbox of a user who confirmed the account.
 * Cognito calls it after a password reset too: that ends all sessions.
 */
export const handler = trigger("postConfirmation", async (event: PostConfirmationTriggerEvent) => {
  const { sub, email } = event.request.userAttributes;
  if (!sub || !email) return;
  const userId = userIdOf(sub);
  if (event.triggerSource !== "PostConfirmation_ConfirmSignUp") return sessions.removeAllOf(userId);
  await accounts.discardPassword(poolOf(event), userId);
  await users.ensure({ userId }, email, systemClock);
});
