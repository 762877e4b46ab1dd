import { emailChangeOperations } from "@daybook/core/lifecycle/email-change.api";
import * as emailChange from "@daybook/core/lifecycle/email-change.service";
import "./database.ts";
import { deviceCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";
import { logEnding } from "./log.ts";

export const requestEmailChange = handle(emailChangeOperations.requestEmailChange, ({ ctx, body }) =>
  emailChange.request({ ...ctx, identity }, body),
);

export const confirmEmailChange = handle(emailChangeOperations.confirmEmailChange, async ({ ctx, body }) => {
  const { device, ...ending } = await emailChange.confirm({ ...ctx, identity }, body);
  logEnding(ending);
  return { cookies: [deviceCookie(device)] };
});
