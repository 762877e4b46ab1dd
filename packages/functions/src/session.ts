import { sessionOperations } from "@daybook/core/account/session/session.api";
import * as sessions from "@daybook/core/account/session/session.service";
import "./database.ts";
import { clearedSessionCookie, deviceCookie, sessionCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";
import { logEnding } from "./log.ts";

export const createSession = handle(sessionOperations.createSession, async ({ ctx, body, cookie, userAgent }) => {
  const created = await sessions.create({ ...ctx, identity }, { ...body, userAgent, previous: cookie });
  for (const ending of created.endings) logEnding(ending);
  return {
    body: created.session,
    cookies: [sessionCookie(created.cookie, sessions.sessionSeconds), deviceCookie(created.device)],
  };
});

export const refreshSession = handle(sessionOperations.refreshSession, async ({ ctx, cookie }) => ({
  body: await sessions.refresh({ ...ctx, identity }, cookie),
}));

export const deleteSession = handle(sessionOperations.deleteSession, async ({ ctx, query, cookie }) => {
  if (query.everywhere) await sessions.removeAll({ ...ctx, identity }, cookie);
  else logEnding(await sessions.remove({ ...ctx, identity }, cookie));
  return { cookies: [clearedSessionCookie] };
});
