import { scriptsClient, users, webClient } from "./auth.ts";
import { uploads } from "./storage.ts";

const providerName = users.nodes.userPool.endpoint;
const clients = scriptsClient ? [webClient, scriptsClient] : [webClient];

/** Temporary AWS credentials for signed-in users only. SST's component requires guest access. */
const pool = new aws.cognito.IdentityPool("IdentityPool", {
  identityPoolName: $app.name,
  allowUnauthenticatedIdentities: false,
  allowClassicFlow: false,
  // Tokens of deleted users, and of users who signed out everywhere, are rejected.
  cognitoIdentityProviders: clients.map(({ id }) => ({ clientId: id, providerName, serverSideTokenCheck: true })),
});

/** Role of the credentials: access to the user's folder in the uploads bucket. */
const role = new aws.iam.Role("IdentityPoolRole", {
  assumeRolePolicy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ["sts:AssumeRoleWithWebIdentity"],
        principals: [{ type: "Federated", identifiers: ["cognito-identity.amazonaws.com"] }],
        conditions: [
          { test: "StringEquals", variable: "cognito-identity.amazonaws.com:aud", values: [pool.id] },
          { test: "ForAnyValue:StringLike", variable: "cognito-identity.amazonaws.com:amr", values: ["authenticated"] },
        ],
      },
    ],
  }).json,
  inlinePolicies: [
    {
      name: "own-uploads",
      policy: aws.iam.getPolicyDocumentOutput({
        statements: [
          {
            actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            resources: [$interpolate`${uploads.arn}/private/\${cognito-identity.amazonaws.com:sub}/*`],
          },
        ],
      }).json,
    },
  ],
});

new aws.cognito.IdentityPoolRoleAttachment("IdentityPoolRoles", {
  identityPoolId: pool.id,
  roles: { authenticated: role.arn },
});
