import { accountOperations } from "@daybook/core/account/account.api";
import * as accounts from "@daybook/core/account/account.service";
import * as passwords from "@daybook/core/account/password.service";
import * as secondFactor from "@daybook/core/account/second-factor.service";
import * as sessions from "@daybook/core/account/session.service";
import "./database.ts";
import { clearedSessionCookie, sessionCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";
import { logEnding } from "./log.ts";

export const signUp = handle(accountOperations.signUp, async ({ body }) => {
  await accounts.signUp(identity, body);
  return {};
});

export const confirmAccount = handle(accountOperations.confirmAccount, async ({ body }) => {
  await accounts.confirm(identity, body);
  return {};
});

export const resendConfirmation = handle(accountOperations.resendConfirmation, async ({ body }) => {
  await accounts.resendConfirmation(identity, body);
  return {};
});

export const requestReset = handle(accountOperations.requestReset, async ({ body }) => {
  await accounts.requestReset(identity, body);
  return {};
});

export const confirmReset = handle(accountOperations.confirmReset, async ({ body }) => {
  logEnding(await passwords.confirmReset(identity, body));
  return {};
});

export const changePassword = handle(accountOperations.changePassword, async ({ actor, body, cookie }) => {
  await passwords.change(actor, body, { identity, cookie });
  return {};
});

export const getSecondFactor = handle(accountOperations.getSecondFactor, async ({ accessToken }) => ({
  body: await secondFactor.get(identity, accessToken),
}));

export const enrolSecondFactor = handle(accountOperations.enrolSecondFactor, async ({ accessToken }) => ({
  body: await secondFactor.enrol(identity, accessToken),
}));

export const confirmSecondFactor = handle(accountOperations.confirmSecondFactor, async ({ body, accessToken }) => {
  await secondFactor.confirm(identity, accessToken, body);
  return {};
});

export const disableSecondFactor = handle(accountOperations.disableSecondFactor, async ({ body, accessToken }) => {
  await secondFactor.disable(identity, accessToken, body);
  return {};
});

export const createSession = handle(accountOperations.createSession, async ({ body, cookie, userAgent, clock }) => {
  const created = await sessions.create({ ...body, userAgent, previous: cookie }, { identity, clock });
  logEnding(created.previous);
  return { body: created.session, cookies: [sessionCookie(created.cookie, sessions.sessionSeconds)] };
});

export const refreshSession = handle(accountOperations.refreshSession, async ({ cookie, clock }) => ({
  body: await sessions.refresh(cookie, { identity, clock }),
}));

export const deleteSession = handle(accountOperations.deleteSession, async ({ query, cookie, clock }) => {
  if (query.everywhere) await sessions.removeAll(cookie, { identity, clock });
  else logEnding(await sessions.remove(cookie, { identity, clock }));
  return { cookies: [clearedSessionCookie] };
});
