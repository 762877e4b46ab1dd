/** What an access token carries for Daybook's API, and for nothing else. */
export const apiScope = "daybook/api";

/** What opens Cognito's own user API with an access token. */
export const userPoolScope = "aws.cognito.signin.user.admin";

/** The client of the user pool whose tokens never leave the server. */
export const serverClientName = "Server";
