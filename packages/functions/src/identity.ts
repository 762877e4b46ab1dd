import * as accounts from "@daybook/core/account/account.service";
import type { IdentitySettings } from "@daybook/core/account/cognito";
import type { PoolAccount } from "@daybook/core/user/user.deletion";
import { resources } from "./resources.ts";

/** The user pool, as the client of the browser's sessions. */
export const identity: IdentitySettings = { endpoint: resources.cognitoEndpoint, clientId: resources.webClientId };

/** The address of a signed-in user, asked for only when it is needed. */
export const emailSource = (accessToken: string) => () => accounts.emailOf(identity, accessToken);

/** The account of a signed-in user, for its deletion. */
export const poolAccount = (accessToken: string): PoolAccount => ({
  assertAccepted: () => accounts.assertAccepted(identity, accessToken),
  remove: () => accounts.remove(identity, accessToken),
});
