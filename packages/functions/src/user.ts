import { userOperations } from "@daybook/core/user/user.api";
import * as users from "@daybook/core/user/user.service";
import "./database.ts";
import { handle } from "./http/handle.ts";
import { withUser } from "./identity.ts";
import { presentUser } from "./present/present.ts";

export const getMe = handle(
  userOperations.getMe,
  withUser(async ({ ctx }) => ({ body: presentUser(await users.get(ctx)) })),
);

export const updateMe = handle(
  userOperations.updateMe,
  withUser(async ({ ctx, body }) => ({ body: presentUser(await users.update(ctx, body)) })),
);
