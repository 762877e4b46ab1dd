import { lambda } from "../lambda/service.ts";
import { mailbox } from "../mailbox/service.ts";
import type { Service } from "../service.ts";
import { ignored, only, supported } from "../support/rules.ts";
import { type LocalCognito, startCognito } from "./cognito.ts";

/** The log also names unsupported triggers and mail templates when Cognito starts. */
export const cognito: Service<LocalCognito> = {
  types: {
    "aws:cognito:UserPool": {
      ...supported("adminCreateUserConfig", "autoVerifiedAttributes", "emailConfiguration", "emailVerificationMessage"),
      ...supported("emailVerificationSubject", "lambdaConfig", "passwordPolicy", "usernameAttributes"),
      ...supported("mfaConfiguration", "softwareTokenMfaConfiguration"),
      ...supported("userAttributeUpdateSettings", "usernameConfiguration", "verificationMessageTemplate"),
      ...ignored("Pools are deleted with the data folder.", "deletionProtection"),
      ...ignored("Codes for a password reset are always mailed.", "accountRecoverySetting"),
      ...ignored("Every plan has the same features.", "userPoolTier"),
      ...ignored("Users have an email address and no custom attributes.", "schemas"),
      userPoolAddOns: only({ advancedSecurityMode: "OFF" }),
    },
    "aws:cognito:UserPoolClient": {
      ...supported("accessTokenValidity", "authSessionValidity", "enableTokenRevocation", "explicitAuthFlows"),
      ...supported("generateSecret", "idTokenValidity", "name"),
      ...supported("preventUserExistenceErrors", "readAttributes", "refreshTokenRotation", "refreshTokenValidity"),
      ...supported("tokenValidityUnits", "userPoolId", "writeAttributes"),
      ...ignored("The hosted UI is not supported.", "callbackUrls", "defaultRedirectUri", "logoutUrls"),
      allowedOauthFlowsUserPoolClient: only(false),
      supportedIdentityProviders: only(["COGNITO"]),
    },
  },
  support: {
    title: "Cognito user pools",
    implementation: "own",
    supported: [
      "Sign-up, confirmation and resending the code",
      "Sign-in with a password",
      "Refresh with and without rotation, revocation, global sign-out",
      "Password reset, password change and password policies",
      "A second factor by an app (TOTP): enrollment, challenge, preference, optional or required",
      "User attributes and account deletion",
      "A change of the email address that is verified before it takes effect",
      "Lockout, and limits on codes",
      "Triggers: PreSignUp, PostConfirmation, PreAuthentication, PostAuthentication, PreTokenGeneration, CustomMessage",
      "OpenID configuration and public keys",
      "Administration of users, and `ListUsers` with filters",
    ],
    unsupported: {
      "SRP, a second factor by text message or mail, remembered devices": "The request is refused.",
      "A change of the email address without verification": "The request is refused.",
      "Temporary passwords, `AdminCreateUser` and groups": "The request is refused.",
      "Hosted UI": "The log names clients that allow OAuth flows.",
      "Identity pools": "The log names them.",
    },
  },
  start: (ground) =>
    startCognito({
      ...ground,
      mailbox: ground.get(mailbox),
      invoker: { invoke: (...call) => ground.get(lambda).invoke(...call) },
    }),
};
