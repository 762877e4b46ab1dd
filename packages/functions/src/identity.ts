import { emailOf } from "@daybook/core/account/account.service";
import type { IdentitySettings } from "@daybook/core/account/cognito";
import { resources } from "./resources.ts";

/** The user pool, as the client of the browser's sessions. */
export const identity: IdentitySettings = { endpoint: resources.cognitoEndpoint, clientId: resources.webClientId };

/** The address of a signed-in user, asked for only when it is needed. */
export const emailSource = (accessToken: string) => () => emailOf(identity, accessToken);
