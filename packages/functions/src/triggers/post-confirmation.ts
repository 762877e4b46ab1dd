import * as accounts from "@daybook/core/account/own-account.service";
import * as sessions from "@daybook/core/account/session/session.service";
import { systemClock } from "@daybook/core/clock";
import { userIdOf } from "@daybook/core/ids";
import { ensureUser } from "@daybook/core/lifecycle/creation.service";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import "../database.ts";
import { poolOf } from "./pool.ts";
import { trigger } from "./trigger.ts";

/**
 * Discards the sign-up password, which another person may have chosen, and creates profile and inbox of a user who
 * confirmed the account. Cognito also calls it after a password reset, which ends all sessions.
 */
export const handler = trigger("postConfirmation", async (event: PostConfirmationTriggerEvent) => {
  const { sub, email } = event.request.userAttributes;
  if (!sub || !email) return;
  const userId = userIdOf(sub);
  if (event.triggerSource !== "PostConfirmation_ConfirmSignUp") return sessions.removeAllOf(userId);
  await accounts.discardPassword(poolOf(event), userId);
  await ensureUser({ actor: { userId }, clock: systemClock }, email);
});
