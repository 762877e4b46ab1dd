import { accountOperations } from "@daybook/core/account/account.api";
import * as accounts from "@daybook/core/account/account.service";
import * as sessions from "@daybook/core/account/session.service";
import "./database.ts";
import { clearedSessionCookie, sessionCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";

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

export const createSession = handle(accountOperations.createSession, async ({ body, userAgent, clock }) => {
  const { session, cookie } = await sessions.create({ ...body, userAgent }, { identity, clock });
  return { body: session, cookies: [sessionCookie(cookie, sessions.sessionSeconds)] };
});

export const refreshSession = handle(accountOperations.refreshSession, async ({ cookie, clock }) => ({
  body: await sessions.refresh(cookie, { identity, clock }),
}));

export const deleteSession = handle(accountOperations.deleteSession, async ({ cookie, clock }) => {
  await sessions.remove(cookie, { identity, clock });
  return { cookies: [clearedSessionCookie] };
});
