import { rolesOfSchedules } from "./checks.schedules.ts";
import {
  block,
  blocks,
  type Check,
  complaints,
  functionsOf,
  ofType,
  type PolicyStatement,
  statementsIn,
} from "./raw.ts";
import { list } from "./stages.ts";

/** Types whose policies must use a wildcard, with the reason. */
const forced: readonly { readonly type: string; readonly reason: string }[] = [
  { type: "aws:kms/key:Key", reason: "the resource of a key's policy is the key, which has no other name there" },
];

/**
 * The statements that `sst dev` adds to every function so that handlers can run on the developer's machine. No other
 * stage has them.
 */
const ofLiveFunctions = ({ Action, Resource }: PolicyStatement) =>
  (Action === "appsync:*" && Resource === "*") ||
  (Action === "s3:*" && list(Resource).every((resource) => resource.startsWith("arn:aws:s3:::sst-asset")));

/** No statement allows all actions of a service, all resources, or all principals. */
export const nothingIsAllowedAtLarge: Check = (graph) => {
  const policies = graph.resources
    .filter(({ type, custom }) => custom && !forced.some((one) => one.type === type))
    .flatMap(({ name, inputs }) =>
      [inputs.policy, ...blocks(inputs.inlinePolicies).map(({ policy }) => policy)]
        .filter((policy) => typeof policy === "string" && policy.startsWith("{"))
        .flatMap((policy) => statementsIn(policy).map((statement) => ({ name, statement }))),
    )
    .filter(({ statement }) => !(graph.stage === "dev" && ofLiveFunctions(statement)));
  const allowing = policies.filter(({ statement }) => statement.Effect === "Allow");
  return [
    ...complaints(allowing, {
      "allows every action": ({ statement }) =>
        !statement.NotAction && list(statement.Action).every((action) => !/(^|:)\*$/.test(action)),
      "allows it on every resource": ({ statement }) =>
        !statement.NotResource && list(statement.Resource).every((resource) => resource !== "*"),
      "is for everybody": ({ statement }) =>
        !["*", '{"AWS":"*"}'].includes(
          typeof statement.Principal === "string" ? statement.Principal : JSON.stringify(statement.Principal),
        ),
    }),
    ...complaints(ofType(graph, "aws:lambda/permission:Permission"), {
      "lets everybody call it": ({ inputs }) => inputs.principal !== "*" && Boolean(inputs.sourceArn),
    }),
    ...complaints(ofType(graph, "aws:iam/role:Role"), {
      "has a policy that AWS may change": ({ inputs }) =>
        list(inputs.managedPolicyArns).every((arn) => String(arn).endsWith("/AWSLambdaBasicExecutionRole")),
    }),
  ];
};

/**
 * Only Lambda may assume a function's role, and only the scheduler a schedule's role. The role of the identity pool
 * requires a signed-in user of the app's user pool.
 */
export const rolesAreNobodyElses: Check = (graph) => {
  const ofFunctions = new Set(functionsOf(graph).map(({ inputs }) => inputs.role));
  const pool = ofType(graph, "aws:cognito/identityPool:IdentityPool")[0];
  const roles = ofType(graph, "aws:iam/role:Role").map(({ name, inputs, outputs }) => ({
    name,
    isOfFunction: ofFunctions.has(outputs.arn ?? null),
    isOfSchedule: rolesOfSchedules(graph).has(outputs.arn),
    trust: statementsIn(inputs.assumeRolePolicy),
  }));
  const isServices =
    (service: string) =>
    ({ Action, Principal, Effect }: PolicyStatement) =>
      Effect === "Allow" &&
      Action === "sts:AssumeRole" &&
      JSON.stringify(Principal) === JSON.stringify({ Service: service });
  const isPeoples = ({ Action, Principal, Condition }: PolicyStatement) =>
    Action === "sts:AssumeRoleWithWebIdentity" &&
    JSON.stringify(Principal) === '{"Federated":"cognito-identity.amazonaws.com"}' &&
    Condition?.StringEquals?.["cognito-identity.amazonaws.com:aud"] === pool?.outputs.id &&
    Condition?.["ForAnyValue:StringLike"]?.["cognito-identity.amazonaws.com:amr"] === "authenticated";
  return [
    ...complaints(roles, {
      "can be assumed by others": ({ isOfFunction, isOfSchedule, trust }) => {
        if (isOfFunction) return trust.length === 1 && trust.every(isServices("lambda.amazonaws.com"));
        return trust.length === 1 && trust.every(isOfSchedule ? isServices("scheduler.amazonaws.com") : isPeoples);
      },
    }),
    ...complaints(pool ? [pool] : [], {
      "has guests": ({ inputs }) => inputs.allowUnauthenticatedIdentities === false,
      "takes tokens that were revoked": ({ inputs }) =>
        blocks(inputs.cognitoIdentityProviders).every(({ serverSideTokenCheck }) => serverSideTokenCheck === true),
    }),
    ...complaints(ofType(graph, "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment"), {
      "has a role for guests": ({ inputs }) => Object.keys(block(inputs.roles)).join() === "authenticated",
    }),
  ];
};

/** Users have access only to the prefix of their own identity. */
export const peopleReachTheirOwn: Check = (graph) => {
  const attached = ofType(graph, "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment");
  const arns = attached.map(({ inputs }) => block(inputs.roles).authenticated);
  const roles = ofType(graph, "aws:iam/role:Role").filter(({ outputs }) => arns.includes(outputs.arn));
  const bucket = ofType(graph, "aws:s3/bucket:Bucket").find(({ name }) => name === "UploadsBucket");
  const own = `${bucket?.outputs.arn}/private/\${cognito-identity.amazonaws.com:sub}/*`;
  return complaints(roles, {
    "reaches what is not theirs": ({ inputs }) =>
      blocks(inputs.inlinePolicies)
        .flatMap(({ policy }) => statementsIn(policy))
        .every(({ Resource }) => list(Resource).every((resource) => resource === own)),
  });
};

/** Buckets require TLS, and only the distribution may read them from outside. */
export const bucketsAreClosed: Check = (graph) => {
  const named = (type: string, bucket: unknown) => ofType(graph, type).filter(({ inputs }) => inputs.bucket === bucket);
  const distributions = ofType(graph, "aws:cloudfront/distribution:Distribution").map(({ outputs }) => outputs.arn);
  const buckets = ofType(graph, "aws:s3/bucket:Bucket").map(({ name, outputs }) => ({
    name,
    blocked: named("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", outputs.bucket),
    statements: named("aws:s3/bucketPolicy:BucketPolicy", outputs.bucket).flatMap(({ inputs }) =>
      statementsIn(inputs.policy),
    ),
    cors: named("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", outputs.bucket),
    resources: [outputs.arn, `${outputs.arn}/*`],
  }));
  return complaints(buckets, {
    "can be made public": ({ blocked }) =>
      ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].every((setting) =>
        blocked.some(({ inputs }) => inputs[setting] === true),
      ),
    "can be reached without TLS": ({ statements, resources }) =>
      statements.some(
        ({ Effect, Action, Resource, Condition }) =>
          Effect === "Deny" &&
          Action === "s3:*" &&
          JSON.stringify(Resource) === JSON.stringify(resources) &&
          Condition?.Bool?.["aws:SecureTransport"] === "false",
      ),
    "lets somebody in who is not our distribution": ({ statements }) =>
      statements
        .filter(({ Effect }) => Effect === "Allow")
        .every(
          ({ Action, Principal, Condition }) =>
            Action === "s3:GetObject" &&
            JSON.stringify(Principal) === '{"Service":"cloudfront.amazonaws.com"}' &&
            distributions.some((arn) => arn === Condition?.StringEquals?.["aws:SourceArn"]),
        ),
    "takes requests of other sites": ({ cors }) =>
      cors.every(({ inputs }) =>
        blocks(inputs.corsRules).every(({ allowedOrigins }) => !list(allowedOrigins).includes("*")),
      ),
  });
};

/** Only the distribution may call the web app's functions, with signed requests. */
export const urlsAreClosed: Check = (graph) => {
  const distributions = ofType(graph, "aws:cloudfront/distribution:Distribution").map(({ outputs }) => outputs.arn);
  return [
    ...complaints(ofType(graph, "aws:lambda/functionUrl:FunctionUrl"), {
      "is open": ({ inputs }) => inputs.authorizationType === "AWS_IAM",
    }),
    ...complaints(
      ofType(graph, "aws:lambda/permission:Permission").filter(
        ({ inputs }) => inputs.action === "lambda:InvokeFunctionUrl",
      ),
      {
        "is for another distribution": ({ inputs }) =>
          inputs.principal === "cloudfront.amazonaws.com" && distributions.some((arn) => arn === inputs.sourceArn),
      },
    ),
    ...complaints(ofType(graph, "aws:cloudfront/distribution:Distribution"), {
      "answers without TLS": ({ inputs }) =>
        [...blocks(inputs.defaultCacheBehavior), ...blocks(inputs.orderedCacheBehaviors)].every(
          ({ viewerProtocolPolicy }) => viewerProtocolPolicy === "redirect-to-https",
        ),
    }),
  ];
};
