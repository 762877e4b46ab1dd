import type { IdentitySettings } from "@daybook/core/account/cognito/client";
import * as accounts from "@daybook/core/account/own-account.service";
import { assertOwner, type Proof, type ProofContext } from "@daybook/core/account/proof";
import type { Actor } from "@daybook/core/actor";
import type { PoolAccount } from "@daybook/core/user/user.deletion";
import { resources } from "./resources.ts";

/** The user pool and its two confidential clients. */
export const identity: IdentitySettings = {
  endpoint: resources.cognitoEndpoint,
  userPoolId: resources.userPoolId,
  aws: resources.aws,
  web: resources.webClient,
  server: resources.serverClient,
};

/** Returns a function that reads a user's email address on demand. */
export const emailSource =
  ({ userId }: Actor) =>
  () =>
    accounts.emailOf(identity, userId);

/** Returns the user pool account of a user, for its deletion. */
export const poolAccount = ({ userId }: Actor, proof: Proof, context: Omit<ProofContext, "identity">): PoolAccount => ({
  assertOwner: async () => void (await assertOwner({ identity, ...context }, userId, proof)),
  remove: () => accounts.remove(identity, userId),
});
