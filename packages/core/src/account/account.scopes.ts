import * as brand from "../brand.ts";

/** Scope of access tokens for Daybook's API. */
export const apiScope = `${brand.id}/api`;

/** Scope of access tokens for Cognito's user API. */
export const userPoolScope = "aws.cognito.signin.user.admin";

/** Name of the user pool client whose tokens never leave the server. */
export const serverClientName = "Server";
