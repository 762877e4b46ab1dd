import * as accounts from "@daybook/core/account/own-account.service";
import { assertOwner } from "@daybook/core/account/proof";
import { deletionOperations } from "@daybook/core/lifecycle/deletion.api";
import * as deletion from "@daybook/core/lifecycle/deletion.service";
import "./database.ts";
import { clearedSessionCookie } from "./http/cookie.ts";
import { handle } from "./http/handle.ts";
import { identity } from "./identity.ts";

export const deleteMe = handle(deletionOperations.deleteMe, async ({ ctx, body }) => {
  await deletion.remove(ctx, {
    assertOwner: async () => void (await assertOwner({ ...ctx, identity }, body)),
    remove: () => accounts.remove(identity, ctx.actor.userId),
  });
  return { cookies: [clearedSessionCookie] };
});
