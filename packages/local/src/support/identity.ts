import { carriedOut, only, type Rules, withoutEffect } from "./rules.ts";

const hosted = "it is about Cognito's own pages, which are not here";

/** Rules for user pools and their clients. Unsupported triggers and mail templates are logged when Cognito starts. */
export const identity: Readonly<Record<string, Rules>> = {
  "aws:cognito:UserPool": {
    ...carriedOut("adminCreateUserConfig", "autoVerifiedAttributes", "emailConfiguration", "emailVerificationMessage"),
    ...carriedOut("emailVerificationSubject", "lambdaConfig", "passwordPolicy", "usernameAttributes"),
    ...carriedOut("mfaConfiguration", "softwareTokenMfaConfiguration"),
    ...carriedOut("usernameConfiguration", "verificationMessageTemplate"),
    ...withoutEffect("the pool goes with the data folder", "deletionProtection"),
    ...withoutEffect("the codes of a reset go to the address, the only way here", "accountRecoverySetting"),
    ...withoutEffect("an address cannot be changed here", "userAttributeUpdateSettings"),
    ...withoutEffect("features are the same in every plan", "userPoolTier"),
    ...withoutEffect("every account has an address, and no attribute of its own", "schemas"),
    userPoolAddOns: only({ advancedSecurityMode: "OFF" }),
  },
  "aws:cognito:UserPoolClient": {
    ...carriedOut("accessTokenValidity", "authSessionValidity", "enableTokenRevocation", "explicitAuthFlows"),
    ...carriedOut("generateSecret", "idTokenValidity", "name"),
    ...carriedOut("preventUserExistenceErrors", "readAttributes", "refreshTokenRotation", "refreshTokenValidity"),
    ...carriedOut("tokenValidityUnits", "userPoolId", "writeAttributes"),
    ...withoutEffect(hosted, "callbackUrls", "defaultRedirectUri", "logoutUrls"),
    allowedOauthFlowsUserPoolClient: only(false),
    supportedIdentityProviders: only(["COGNITO"]),
  },
};
