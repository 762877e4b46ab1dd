import { passwordMinLength } from "@daybook/core/account/account.limits";
import { serverClientName } from "@daybook/core/account/account.scopes";
import * as brand from "@daybook/core/brand";
import { email } from "./email.ts";
import { lambda } from "./function.ts";
import { policyOf } from "./stage.ts";
import { onTable, tableName } from "./table.ts";

const { production, verifiedSender } = policyOf($app.stage);

const postConfirmation = lambda("PostConfirmation", {
  handler: "packages/functions/src/triggers/post-confirmation.handler",
  description: "Creates the profile and Inbox of a confirmed user; ends all sessions after a password reset",
  link: [tableName],
  permissions: [onTable("dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query")],
  // Cognito waits five seconds for a trigger, then retries.
  timeout: "5 seconds",
});

const preTokenGeneration = lambda("PreTokenGeneration", {
  handler: "packages/functions/src/triggers/pre-token-generation.handler",
  description: `Limits the scope of access tokens that leave the server to ${brand.name}'s API`,
  permissions: [],
  timeout: "5 seconds",
});

/**
 * Writes the mails with codes. Cognito accepts them only in a pool that sends through SES. Without a sender, the text
 * in `verify` is mailed.
 */
const customMessage =
  verifiedSender === undefined
    ? undefined
    : lambda("CustomMessage", {
        handler: "packages/functions/src/triggers/custom-message.handler",
        description: "Writes the mails with codes: to confirm an account, reset a password or change an address",
        permissions: [],
        timeout: "5 seconds",
      });

/** All accounts. The email address is the user name. */
export const users = new sst.aws.CognitoUserPool("Users", {
  usernames: ["email"],
  verify: {
    // Cognito uses one text for all codes: for a new account or address (valid for a day) and for a new password (valid
    // for an hour).
    emailSubject: `Your ${brand.name} code`,
    emailMessage: "Your code is {####}. If you did not ask for it, you need not do anything.",
  },
  // The second factor is optional and uses an authenticator app, never text messages.
  mfa: "optional",
  softwareToken: true,
  triggers: {
    postConfirmation: postConfirmation.arn,
    preTokenGeneration: preTokenGeneration.arn,
    // V2 also customizes access tokens. It requires the plan below, as rotation does.
    preTokenGenerationVersion: "v2",
    ...(customMessage && { customMessage: customMessage.arn }),
  },
  transform: {
    userPool(args, opts) {
      args.accountRecoverySetting = { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] };
      // The rule is length, not composition (NIST SP 800-63B).
      args.passwordPolicy = {
        minimumLength: passwordMinLength,
        requireLowercase: false,
        requireNumbers: false,
        requireSymbols: false,
        requireUppercase: false,
        temporaryPasswordValidityDays: 7,
      };
      // A mistyped new address must not lock the user out, so the old address stays valid until the new one is
      // verified.
      args.userAttributeUpdateSettings = { attributesRequireVerificationBeforeUpdates: ["email"] };
      args.deletionProtection = production ? "ACTIVE" : "INACTIVE";
      if (email && verifiedSender !== undefined) {
        args.emailConfiguration = {
          emailSendingAccount: "DEVELOPER",
          fromEmailAddress: `${brand.name} <${verifiedSender}>`,
          sourceArn: email.identityArn,
          configurationSet: email.configurationSetName,
        };
      }
      // The next lower plan has no rotation of refresh tokens.
      args.userPoolTier = "ESSENTIALS";
      args.schemas = [
        {
          name: "email",
          attributeDataType: "String",
          required: true,
          mutable: true,
          // AWS's default bounds. A pool's attributes cannot be changed, and without explicit bounds every deployment
          // would try to change them.
          stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
        },
      ];
      opts.ignoreChanges = ["schemas"];
      // With `retain`, SST keeps tables and buckets, but not user pools.
      opts.retainOnDelete = production;
      return undefined;
    },
  },
});

/**
 * Grants a trigger actions on its user pool. The pool depends on the trigger's role, so a permission inside the role
 * would be a circular dependency.
 */
function letTrigger(name: string, trigger: sst.aws.Function, ...actions: string[]) {
  const statements = [{ actions, resources: [users.nodes.userPool.arn] }];
  new aws.iam.RolePolicy(`${name}UserPool`, {
    role: trigger.nodes.role.name,
    policy: aws.iam.getPolicyDocumentOutput({ statements }).json,
  });
}
letTrigger("PostConfirmation", postConfirmation, "cognito-idp:AdminSetUserPassword");
letTrigger("PreTokenGeneration", preTokenGeneration, "cognito-idp:ListUserPoolClients");

/** Settings shared by all clients of the pool. SST's default would allow OAuth with a callback to example.com. */
function client(name: string, settings: Partial<aws.cognito.UserPoolClientArgs>) {
  return users.addClient(name, {
    transform: {
      client: {
        allowedOauthFlowsUserPoolClient: false,
        allowedOauthFlows: [],
        allowedOauthScopes: [],
        callbackUrls: [],
        generateSecret: true,
        enableTokenRevocation: true,
        // Hide whether an address has an account.
        preventUserExistenceErrors: "ENABLED",
        accessTokenValidity: 15,
        idTokenValidity: 15,
        refreshTokenValidity: 30,
        tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "days" },
        readAttributes: ["email", "email_verified"],
        writeAttributes: ["email"],
        ...settings,
      },
    },
  });
}

/**
 * The browsers' client, used by the API. Its id is in every token, and only the API has its secret. Each refresh
 * returns a new refresh token. The old one stays valid for one minute, so that two tabs do not sign each other out.
 * Cognito refuses REFRESH_TOKEN_AUTH on a client that rotates.
 */
export const webClient = client("Web", {
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 60 },
});

/**
 * The client for sensitive changes. A function signs in with the password in the request. The resulting tokens allow
 * Cognito's user API and never leave the function. They expire as early as Cognito allows, and no flow renews them.
 */
const serverClient = client(serverClientName, {
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  accessTokenValidity: 5,
  idTokenValidity: 5,
  refreshTokenValidity: 60,
  tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "minutes" },
});

/** A public client for scripts and the AWS CLI. It can sign in but not refresh. Not for production. */
export const scriptsClient = production
  ? undefined
  : client("Scripts", { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"], generateSecret: false });

/** Client ids whose access tokens the API accepts. */
export const audiences = scriptsClient ? [webClient.id, scriptsClient.id] : [webClient.id];

/** Issuer of the access tokens. */
export const issuer = $interpolate`https://${users.nodes.userPool.endpoint}`;

/** Permission for these actions on the user pool. */
export const onUserPool = (...actions: `cognito-idp:Admin${string}`[]) => ({
  actions,
  resources: [users.nodes.userPool.arn],
});

/** Links only the pool's id. Linking the pool itself would grant every action on it. */
export const userPoolId = new sst.Linkable("UserPoolId", { properties: { value: users.id } });

const access = (name: string, { id, secret }: ReturnType<typeof client>) =>
  new sst.Linkable(name, { properties: { clientId: id, clientSecret: secret } });

/** Client credentials for the functions. */
export const webAccess = access("WebAccess", webClient);
export const serverAccess = access("ServerAccess", serverClient);
