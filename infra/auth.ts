import { passwordMinLength } from "@daybook/core/account/account.limits";
import { serverClientName } from "@daybook/core/account/account.scopes";
import { email } from "./email.ts";
import { lambda } from "./function.ts";
import { policyOf } from "./stage.ts";
import { onTable, tableName } from "./table.ts";

const { production, verifiedSender } = policyOf($app.stage);

const postConfirmation = lambda("PostConfirmation", {
  handler: "packages/functions/src/triggers/post-confirmation.handler",
  description:
    "Ends the first password of a confirmed user and writes profile and Inbox; ends sessions after a password reset",
  link: [tableName],
  permissions: [onTable("dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query")],
  // Cognito gives a trigger five seconds, and calls again after that.
  timeout: "5 seconds",
});

const preTokenGeneration = lambda("PreTokenGeneration", {
  handler: "packages/functions/src/triggers/pre-token-generation.handler",
  description: "Limits access tokens that leave the server to Daybook's API",
  permissions: [],
  timeout: "5 seconds",
});

/** Everyone who has an account. The email address is the user name. */
export const users = new sst.aws.CognitoUserPool("Users", {
  usernames: ["email"],
  verify: {
    // One wording for a new account, good for a day, and for a new password, good for an hour.
    emailSubject: "Your Daybook code",
    emailMessage: "Your code is {####}. If you did not ask for it, you need not do anything.",
  },
  // A second factor for whoever wants one, by an app; never by text message.
  mfa: "optional",
  softwareToken: true,
  triggers: {
    postConfirmation: postConfirmation.arn,
    preTokenGeneration: preTokenGeneration.arn,
    // Of access tokens, too: in the plan below, as rotation is.
    preTokenGenerationVersion: "v2",
  },
  transform: {
    userPool(args, opts) {
      args.accountRecoverySetting = { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] };
      // Length is the rule, not composition (NIST SP 800-63B).
      args.passwordPolicy = {
        minimumLength: passwordMinLength,
        requireLowercase: false,
        requireNumbers: false,
        requireSymbols: false,
        requireUppercase: false,
        temporaryPasswordValidityDays: 7,
      };
      // A mistyped new address must not lock its owner out: the old one counts until the new one is verified.
      args.userAttributeUpdateSettings = { attributesRequireVerificationBeforeUpdates: ["email"] };
      args.deletionProtection = production ? "ACTIVE" : "INACTIVE";
      if (email && verifiedSender !== undefined) {
        args.emailConfiguration = {
          emailSendingAccount: "DEVELOPER",
          fromEmailAddress: `Daybook <${verifiedSender}>`,
          sourceArn: email.identity.arn,
          configurationSet: email.configurationSet.configurationSetName,
        };
      }
      // Rotation of refresh tokens is not in the plan below this one.
      args.userPoolTier = "ESSENTIALS";
      args.schemas = [
        {
          name: "email",
          attributeDataType: "String",
          required: true,
          mutable: true,
          // AWS's own bounds: a pool cannot have its attributes changed, and without them every deployment would try to.
          stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
        },
      ];
      opts.ignoreChanges = ["schemas"];
      // SST keeps tables and buckets of a stage that retains, but not pools.
      opts.retainOnDelete = production;
      return undefined;
    },
  },
});

/** Lets a trigger act on its own pool: a permission in its role, which the pool depends on, would be a circle. */
function letTrigger(name: string, trigger: sst.aws.Function, ...actions: string[]) {
  const statements = [{ actions, resources: [users.nodes.userPool.arn] }];
  new aws.iam.RolePolicy(`${name}UserPool`, {
    role: trigger.nodes.role.name,
    policy: aws.iam.getPolicyDocumentOutput({ statements }).json,
  });
}
letTrigger("PostConfirmation", postConfirmation, "cognito-idp:AdminSetUserPassword");
letTrigger("PreTokenGeneration", preTokenGeneration, "cognito-idp:ListUserPoolClients");

/** What every client of the pool has in common; SST's default would allow OAuth with a callback to example.com. */
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
        // Whether an address has an account is nobody's business.
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
 * The client of browsers, which the API acts as: its id stands in every token, its secret alone makes it usable. Each refresh answers with
 * a new refresh token; the old one is good for another minute, so that two tabs do not sign each other out. Cognito refuses
 * REFRESH_TOKEN_AUTH on a client that rotates.
 */
export const webClient = client("Web", {
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 60 },
});

/**
 * The client of sensitive changes: a function signs in with the password that the request carries, and its tokens, which open Cognito's user
 * API, never leave it. They expire as early as Cognito allows, and no flow renews them.
 */
const serverClient = client(serverClientName, {
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  accessTokenValidity: 5,
  idTokenValidity: 5,
  refreshTokenValidity: 60,
  tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "minutes" },
});

/** A public client for scripts and the AWS CLI. It signs in, and never renews. Not for production. */
export const scriptsClient = production
  ? undefined
  : client("Scripts", { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"], generateSecret: false });

/** Whose access tokens the API accepts. */
export const audiences = scriptsClient ? [webClient.id, scriptsClient.id] : [webClient.id];

/** Who signs them. */
export const issuer = $interpolate`https://${users.nodes.userPool.endpoint}`;

/** A permission for these actions on the user pool. */
export const onUserPool = (...actions: `cognito-idp:Admin${string}`[]) => ({
  actions,
  resources: [users.nodes.userPool.arn],
});

/** The pool's id alone: linking the pool itself would grant every action on it. */
export const userPoolId = new sst.Linkable("UserPoolId", { properties: { value: users.id } });

const access = (name: string, { id, secret }: ReturnType<typeof client>) =>
  new sst.Linkable(name, { properties: { clientId: id, clientSecret: secret } });

/** What the functions act as each client with. */
export const webAccess = access("WebAccess", webClient);
export const serverAccess = access("ServerAccess", serverClient);
