import { scriptsClient, users, webClient } from "./auth.ts";
import { uploads } from "./storage.ts";

const providerName = users.nodes.userPool.endpoint;
const clients = scriptsClient ? [webClient, scriptsClient] : [webClient];

/** Temporary credentials of AWS for whoever has signed in, and for nobody else. SST's own component cannot do without guests. */
const pool = new aws.cognito.IdentityPool("IdentityPool", {
  identityPoolName: $app.name,
  allowUnauthenticatedIdentities: false,
  allowClassicFlow: false,
  // A token of somebody who has signed out everywhere, or is gone, opens nothing.
  cognitoIdentityProviders: clients.map(({ id }) => ({ clientId: id, providerName, serverSideTokenCheck: true })),
});

/** What they open: the user's own place among the uploads. */
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
