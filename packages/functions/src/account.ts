import { accountOperations } from "@daybook/core/account/account.api";
import * as accounts from "@daybook/core/account/account.service";
import * as passwords from "@daybook/core/account/password.service";
import "./database.ts";
import { deviceCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";
import { logEnding } from "./log.ts";

export const signUp = handle(accountOperations.signUp, ({ ctx, body }) => accounts.signUp({ ...ctx, identity }, body));

export const confirmAccount = handle(accountOperations.confirmAccount, async ({ ctx, body }) => {
  const { device } = await accounts.confirm({ ...ctx, identity }, body);
  return { cookies: [deviceCookie(device)] };
});

export const resendConfirmation = handle(accountOperations.resendConfirmation, ({ ctx, body }) =>
  accounts.resendConfirmation({ ...ctx, identity }, body),
);

export const requestReset = handle(accountOperations.requestReset, ({ ctx, body }) =>
  accounts.requestReset({ ...ctx, identity }, body),
);

export const confirmReset = handle(accountOperations.confirmReset, async ({ ctx, body }) => {
  const ending = await passwords.confirmReset({ ...ctx, identity }, body);
  logEnding(ending);
  return { cookies: [deviceCookie(ending.device)] };
});

export const changePassword = handle(accountOperations.changePassword, async ({ ctx, body, cookie }) =>
  logEnding(await passwords.change({ ...ctx, identity, cookie }, body)),
);
