import { sessionOperations } from "@daybook/core/account/session/session.api";
import * as ownSessions from "@daybook/core/account/session/session.own.service";
import * as sessions from "@daybook/core/account/session/session.service";
import "./database.ts";
import { clearedSessionCookie, deviceCookie, sessionCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";
import { logEnding } from "./log.ts";
import { presentPage } from "./present/present.ts";
import { presentSession } from "./present/session.ts";

export const createSession = handle(sessionOperations.createSession, async ({ ctx, body, cookie, userAgent }) => {
  const created = await sessions.create({ ...ctx, identity }, { ...body, userAgent, previous: cookie });
  for (const ending of created.endings) logEnding(ending);
  return {
    body: created.session,
    cookies: [sessionCookie(created.cookie), deviceCookie(created.device)],
  };
});

export const refreshSession = handle(sessionOperations.refreshSession, async ({ ctx, cookie }) => {
  const refreshed = await sessions.refresh({ ...ctx, identity }, cookie);
  return { body: refreshed.session, cookies: [sessionCookie(refreshed.cookie)] };
});

export const deleteSession = handle(sessionOperations.deleteSession, async ({ ctx, query, cookie }) => {
  if (query.everywhere) await sessions.removeAll({ ...ctx, identity }, cookie);
  else logEnding(await sessions.remove({ ...ctx, identity }, cookie));
  return { cookies: [clearedSessionCookie] };
});

export const listSessions = handle(sessionOperations.listSessions, async ({ ctx, query, cookie }) =>
  presentPage(await ownSessions.list(ctx, cookie, query), presentSession),
);

export const endSession = handle(sessionOperations.endSession, async ({ ctx, params, cookie }) => {
  const isCurrent = await ownSessions.end(ctx, cookie, params.sessionId);
  return { cookies: isCurrent ? [clearedSessionCookie] : [] };
});
