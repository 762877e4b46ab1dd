import { createHash } from "node:crypto";

/** A resource for which AWS's attributes are computed. */
export interface Subject {
  /** Type in the graph: `aws:dynamodb:Table`. */
  readonly type: string;
  /** Name in AWS. */
  readonly physical: string;
  /** Seed of generated ids. Unique among the resources of the same type. */
  readonly seed: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly region: string;
  readonly account: string;
}

export type Attributes = Readonly<Record<string, string>> & { readonly id: string };

/** Returns letters and digits that depend only on the text: a deterministic id in the format of AWS's generated ids. */
export const shortHash = (text: string, length: number): string =>
  BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)
    .toString(36)
    .slice(0, length);

/** Returns an ARN in the subject's account. Global services omit the region, and some also omit the account. */
const arn = (
  { region, account }: Subject,
  service: string,
  rest: string,
  where: "here" | "global" | "unowned" = "here",
) => `arn:aws:${service}:${where === "here" ? region : ""}:${where === "unowned" ? "" : account}:${rest}`;

/** A password that an SST program generates. Its value is the attribute `result`. */
export const passwordType = "random:index:RandomPassword";

/** Length of the secret of a user pool client. Cognito allows 24 to 64 characters. */
export const clientSecretLength = 48;

const byType: Readonly<Record<string, (subject: Subject) => Attributes>> = {
  "aws:apigatewayv2:Api": (subject) => {
    const id = shortHash(subject.seed, 10);
    const scheme = subject.inputs.protocolType === "WEBSOCKET" ? "wss" : "https";
    return {
      id,
      apiEndpoint: `${scheme}://${id}.execute-api.${subject.region}.amazonaws.com`,
      executionArn: arn(subject, "execute-api", id),
      arn: `arn:aws:apigateway:${subject.region}::/apis/${id}`,
    };
  },
  "aws:cloudfront:Distribution": (subject) => {
    const id = `E${shortHash(subject.seed, 13).toUpperCase()}`;
    const domainName = `d${shortHash(`${subject.seed} domain`, 13)}.cloudfront.net`;
    return {
      id,
      arn: arn(subject, "cloudfront", `distribution/${id}`, "global"),
      domainName,
      url: `https://${domainName}`,
    };
  },
  "aws:cloudfront:Function": (subject) => ({
    id: subject.physical,
    arn: arn(subject, "cloudfront", `function/${subject.physical}`, "global"),
  }),
  "aws:cloudfront:KeyValueStore": (subject) => {
    const id = shortHash(subject.seed, 32);
    return { id, arn: arn(subject, "cloudfront", `key-value-store/${id}`, "global") };
  },
  "aws:cognito:UserPool": (subject) => {
    const id = `${subject.region}_${shortHash(subject.seed, 9)}`;
    return {
      id,
      arn: arn(subject, "cognito-idp", `userpool/${id}`),
      endpoint: `cognito-idp.${subject.region}.amazonaws.com/${id}`,
    };
  },
  "aws:cognito:UserPoolClient": ({ seed, inputs }) => ({
    id: shortHash(seed, 26),
    // A running local cloud replaces it with a secret of its data folder.
    ...(inputs.generateSecret === true && { clientSecret: shortHash(`${seed} secret`, clientSecretLength) }),
  }),
  "aws:dynamodb:Table": (subject) => {
    const own = arn(subject, "dynamodb", `table/${subject.physical}`);
    return { id: subject.physical, arn: own, streamArn: `${own}/stream/2026-01-01T00:00:00.000` };
  },
  "aws:iam:Role": (subject) => ({
    id: subject.physical,
    arn: arn(subject, "iam", `role/${subject.physical}`, "global"),
  }),
  "aws:lambda:Function": (subject) => {
    const own = arn(subject, "lambda", `function:${subject.physical}`);
    const invocation = (version: string, verb: string) =>
      `arn:aws:apigateway:${subject.region}:lambda:path/${version}/functions/${own}/${verb}`;
    return {
      id: subject.physical,
      arn: own,
      qualifiedArn: `${own}:$LATEST`,
      invokeArn: invocation("2015-03-31", "invocations"),
      responseStreamingInvokeArn: invocation("2021-11-15", "response-streaming-invocations"),
    };
  },
  "aws:lambda:FunctionUrl": ({ seed, region }) => {
    const id = shortHash(seed, 32);
    return { id, functionUrl: `https://${id}.lambda-url.${region}.on.aws/` };
  },
  "aws:s3:Bucket": ({ physical, region }) => ({
    id: physical,
    arn: `arn:aws:s3:::${physical}`,
    bucketDomainName: `${physical}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${physical}.s3.${region}.amazonaws.com`,
  }),
  "aws:scheduler:Schedule": (subject) => {
    const group = typeof subject.inputs.groupName === "string" ? subject.inputs.groupName : "default";
    return {
      id: `${group}/${subject.physical}`,
      arn: arn(subject, "scheduler", `schedule/${group}/${subject.physical}`),
    };
  },
  "aws:sesv2:ConfigurationSet": (subject) => ({
    id: subject.physical,
    arn: arn(subject, "ses", `configuration-set/${subject.physical}`),
  }),
  "aws:sesv2:EmailIdentity": (subject) => {
    const id = String(subject.inputs.emailIdentity);
    return { id, arn: arn(subject, "ses", `identity/${id}`) };
  },
  "aws:sns:Topic": (subject) => {
    const own = arn(subject, "sns", subject.physical);
    return { id: own, arn: own };
  },
  "aws:sqs:Queue": (subject) => {
    const url = `https://sqs.${subject.region}.amazonaws.com/${subject.account}/${subject.physical}`;
    return { id: url, url, arn: arn(subject, "sqs", subject.physical) };
  },
  // A local cloud replaces it through `LoadOptions.password`.
  [passwordType]: ({ seed }) => ({ id: "none", result: shortHash(`${seed} password`, 40) }),
};

/**
 * Returns the ids, ARNs and URLs of a resource in AWS's formats. A type without an entry has an id, and an ARN if it is
 * an AWS type.
 */
export function attributesOf(subject: Subject): Attributes {
  const known = byType[subject.type];
  if (known) return known(subject);
  const [provider, service = "", kind = ""] = subject.type.split(":");
  const id = shortHash(`${subject.type} ${subject.seed}`, 20);
  if (provider !== "aws") return { id };
  return { id, arn: arn(subject, service, `${kind.toLowerCase()}/${id}`) };
}
