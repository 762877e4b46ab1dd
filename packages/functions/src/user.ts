import { userOperations } from "@daybook/core/user/user.api";
import * as deletion from "@daybook/core/user/user.deletion";
import * as users from "@daybook/core/user/user.service";
import "./database.ts";
import { clearedSessionCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { emailSource, poolAccount } from "./identity.ts";
import { presentUser } from "./present/present.ts";

export const getMe = handle(userOperations.getMe, async ({ actor, clock }) => ({
  body: presentUser(await users.get(actor, emailSource(actor), clock)),
}));

export const updateMe = handle(userOperations.updateMe, async ({ actor, body, clock, expectedVersions }) => ({
  body: presentUser(await users.update(actor, body, emailSource(actor), clock, expectedVersions)),
}));

export const deleteMe = handle(userOperations.deleteMe, async ({ actor, body, clock, caller, expectedVersions }) => {
  await deletion.remove(actor, poolAccount(actor, body, { clock, caller }), clock, expectedVersions);
  return { cookies: [clearedSessionCookie] };
});
