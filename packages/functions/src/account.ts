import { accountOperations } from "@daybook/core/account/account.api";
import * as accounts from "@daybook/core/account/account.service";
import * as passwords from "@daybook/core/account/password.service";
import * as secondFactor from "@daybook/core/account/second-factor.service";
import * as sessions from "@daybook/core/account/session.service";
import "./database.ts";
import { clearedSessionCookie, deviceCookie, sessionCookie } from "./http/cookie.ts";
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

export const getSecondFactor = handle(accountOperations.getSecondFactor, async ({ ctx }) => ({
  body: await secondFactor.get({ ...ctx, identity }),
}));

export const enrolSecondFactor = handle(accountOperations.enrolSecondFactor, async ({ ctx, body }) => ({
  body: await secondFactor.enrol({ ...ctx, identity }, body),
}));

export const confirmSecondFactor = handle(accountOperations.confirmSecondFactor, async ({ ctx, body }) => {
  const { codes, ...ending } = await secondFactor.confirm({ ...ctx, identity }, body);
  logEnding(ending);
  return { body: { codes } };
});

export const replaceRecoveryCodes = handle(accountOperations.replaceRecoveryCodes, async ({ ctx, body }) => {
  const { codes, ...ending } = await secondFactor.replaceRecoveryCodes({ ...ctx, identity }, body);
  logEnding(ending);
  return { body: { codes } };
});

export const disableSecondFactor = handle(accountOperations.disableSecondFactor, async ({ ctx, body }) =>
  logEnding(await secondFactor.disable({ ...ctx, identity }, body)),
);

export const createSession = handle(accountOperations.createSession, async ({ ctx, body, cookie, userAgent }) => {
  const created = await sessions.create({ ...ctx, identity }, { ...body, userAgent, previous: cookie });
  for (const ending of created.endings) logEnding(ending);
  return {
    body: created.session,
    cookies: [sessionCookie(created.cookie, sessions.sessionSeconds), deviceCookie(created.device)],
  };
});

export const refreshSession = handle(accountOperations.refreshSession, async ({ ctx, cookie }) => ({
  body: await sessions.refresh({ ...ctx, identity }, cookie),
}));

export const deleteSession = handle(accountOperations.deleteSession, async ({ ctx, query, cookie }) => {
  if (query.everywhere) await sessions.removeAll({ ...ctx, identity }, cookie);
  else logEnding(await sessions.remove({ ...ctx, identity }, cookie));
  return { cookies: [clearedSessionCookie] };
});
