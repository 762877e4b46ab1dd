import { userOperations } from "@daybook/core/user/user.api";
import * as users from "@daybook/core/user/user.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { emailSource } from "./identity.ts";
import { presentUser } from "./present.ts";

export const getMe = handle(userOperations.getMe, async ({ actor, accessToken, clock }) => ({
  body: presentUser(await users.get(actor, emailSource(accessToken), clock)),
}));
