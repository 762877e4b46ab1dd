import type { IdentitySettings } from "@daybook/core/account/cognito/client";
import * as accounts from "@daybook/core/account/own-account.service";
import type { UserContext } from "@daybook/core/call-context";
import { ensureUser } from "@daybook/core/lifecycle/creation.service";
import { isProblem } from "@daybook/core/problem";
import { resources } from "./resources.ts";

/** The user pool and its two confidential clients. */
export const identity: IdentitySettings = {
  endpoint: resources.cognitoEndpoint,
  userPoolId: resources.userPoolId,
  aws: resources.aws,
  web: resources.webClient,
  server: resources.serverClient,
};

/**
 * Completes the setup of an account whose confirmation trigger failed: if the operation finds no user, creates the
 * profile and the inbox, and runs the operation again. An operation must look for the user before its first write.
 */
export const withUser =
  <Input extends { readonly ctx: UserContext }, Reply>(run: (input: Input) => Promise<Reply>) =>
  async (input: Input): Promise<Reply> => {
    try {
      return await run(input);
    } catch (error) {
      if (!isProblem(error, "user-not-found")) throw error;
      await ensureUser(input.ctx, await accounts.emailOf(identity, input.ctx.actor.userId));
      return run(input);
    }
  };
