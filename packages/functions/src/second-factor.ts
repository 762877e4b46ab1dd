import { secondFactorOperations } from "@daybook/core/account/second-factor.api";
import * as secondFactor from "@daybook/core/account/second-factor.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";
import { logEnding } from "./log.ts";

export const getSecondFactor = handle(secondFactorOperations.getSecondFactor, async ({ ctx }) => ({
  body: await secondFactor.get({ ...ctx, identity }),
}));

export const enrolSecondFactor = handle(secondFactorOperations.enrolSecondFactor, async ({ ctx, body }) => ({
  body: await secondFactor.enrol({ ...ctx, identity }, body),
}));

export const confirmSecondFactor = handle(secondFactorOperations.confirmSecondFactor, async ({ ctx, body }) => {
  const { codes, ...ending } = await secondFactor.confirm({ ...ctx, identity }, body);
  logEnding(ending);
  return { body: { codes } };
});

export const replaceRecoveryCodes = handle(secondFactorOperations.replaceRecoveryCodes, async ({ ctx, body }) => {
  const { codes, ...ending } = await secondFactor.replaceRecoveryCodes({ ...ctx, identity }, body);
  logEnding(ending);
  return { body: { codes } };
});

export const disableSecondFactor = handle(secondFactorOperations.disableSecondFactor, async ({ ctx, body }) =>
  logEnding(await secondFactor.disable({ ...ctx, identity }, body)),
);
