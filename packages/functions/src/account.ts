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

export const signUp = handle(accountOperations.signUp, async ({ body, clock, caller }) => {
  await accounts.signUp({ identity, clock, caller }, body);
  return {};
});

export const confirmAccount = handle(accountOperations.confirmAccount, async ({ body, clock, caller }) => {
  const { device } = await accounts.confirm({ identity, clock, caller }, body);
  return { cookies: [deviceCookie(device)] };
});

export const resendConfirmation = handle(accountOperations.resendConfirmation, async ({ body, clock, caller }) => {
  await accounts.resendConfirmation({ identity, clock, caller }, body);
  return {};
});

export const requestReset = handle(accountOperations.requestReset, async ({ body, clock, caller }) => {
  await accounts.requestReset({ identity, clock, caller }, body);
  return {};
});

export const confirmReset = handle(accountOperations.confirmReset, async ({ body, clock, caller }) => {
  const ending = await passwords.confirmReset({ identity, clock, caller }, body);
  logEnding(ending);
  return { cookies: [deviceCookie(ending.device)] };
});

export const changePassword = handle(
  accountOperations.changePassword,
  async ({ actor, body, cookie, clock, caller }) => {
    logEnding(await passwords.change(actor, body, { identity, cookie, clock, caller }));
    return {};
  },
);

export const getSecondFactor = handle(accountOperations.getSecondFactor, async ({ actor }) => ({
  body: await secondFactor.get(actor, identity),
}));

export const enrolSecondFactor = handle(
  accountOperations.enrolSecondFactor,
  async ({ actor, body, clock, caller }) => ({
    body: await secondFactor.enrol(actor, body, { identity, clock, caller }),
  }),
);

export const confirmSecondFactor = handle(
  accountOperations.confirmSecondFactor,
  async ({ actor, body, clock, caller }) => {
    const { codes, ...ending } = await secondFactor.confirm(actor, body, { identity, clock, caller });
    logEnding(ending);
    return { body: { codes } };
  },
);

export const replaceRecoveryCodes = handle(
  accountOperations.replaceRecoveryCodes,
  async ({ actor, body, clock, caller }) => {
    const { codes, ...ending } = await secondFactor.replaceRecoveryCodes(actor, body, { identity, clock, caller });
    logEnding(ending);
    return { body: { codes } };
  },
);

export const disableSecondFactor = handle(
  accountOperations.disableSecondFactor,
  async ({ actor, body, clock, caller }) => {
    logEnding(await secondFactor.disable(actor, body, { identity, clock, caller }));
    return {};
  },
);

export const createSession = handle(
  accountOperations.createSession,
  async ({ body, cookie, userAgent, clock, caller }) => {
    const input = { ...body, userAgent, previous: cookie };
    const created = await sessions.create(input, { identity, clock, caller });
    for (const ending of created.endings) logEnding(ending);
    return {
      body: created.session,
      cookies: [sessionCookie(created.cookie, sessions.sessionSeconds), deviceCookie(created.device)],
    };
  },
);

export const refreshSession = handle(accountOperations.refreshSession, async ({ cookie, clock }) => ({
  body: await sessions.refresh(cookie, { identity, clock }),
}));

export const deleteSession = handle(accountOperations.deleteSession, async ({ query, cookie, clock }) => {
  if (query.everywhere) await sessions.removeAll(cookie, { identity, clock });
  else logEnding(await sessions.remove(cookie, { identity, clock }));
  return { cookies: [clearedSessionCookie] };
});
