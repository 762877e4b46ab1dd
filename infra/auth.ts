import { passwordMinLength } from "@daybook/core/account/account.limits";
import { email } from "./email.ts";
import { lambda } from "./function.ts";
import { policyOf } from "./stage.ts";
import { onTable, tableName } from "./table.ts";

const { production, verifiedSender } = policyOf($app.stage);

const postConfirmation = lambda("PostConfirmation", {
  handler: "packages/functions/src/triggers/post-confirmation.handler",
  description: "Writes profile and Inbox of a confirmed user; ends the sessions of one whose password was reset",
  link: [tableName],
  permissions: [onTable("dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query")],
  // Cognito gives a trigger five seconds, and calls again after that.
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
  triggers: { postConfirmation: postConfirmation.arn },
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

/** What every client of the pool has in common; SST's default would allow OAuth with a callback to example.com. */
function client(name: string, settings: Partial<aws.cognito.UserPoolClientArgs>) {
  return users.addClient(name, {
    transform: {
      client: {
        allowedOauthFlowsUserPoolClient: false,
        allowedOauthFlows: [],
        allowedOauthScopes: [],
        callbackUrls: [],
        generateSecret: false,
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
 * The client of the API's own session operations. Each refresh answers with a new refresh token; the old one is good for another
 * minute, so that two tabs do not sign each other out. Cognito refuses REFRESH_TOKEN_AUTH on a client that rotates.
 */
export const webClient = client("Web", {
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 60 },
});

/** A client for scripts and the AWS CLI, which know nothing of rotation; not for production. */
export const scriptsClient = production
  ? undefined
  : client("Scripts", { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] });

/** Whose access tokens the API accepts. */
export const audiences = scriptsClient ? [webClient.id, scriptsClient.id] : [webClient.id];

/** Who signs them. */
export const issuer = $interpolate`https://${users.nodes.userPool.endpoint}`;

/** The pool's ids alone: linking the pool itself would grant every action on it. */
export const auth = new sst.Linkable("Auth", { properties: { userPoolId: users.id, webClientId: webClient.id } });
