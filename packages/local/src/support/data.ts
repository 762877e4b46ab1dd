import { isRecord } from "../graph/raw.ts";
import { carriedOut, each, only, type Rule, type Rules, withoutEffect } from "./rules.ts";

const capacity = "there is no capacity to run out of";
const backups = "data are as safe as the folder that they are in";
const encrypted = "data are kept as they are, in a folder of this machine";

const index = each(carriedOut("hashKey", "name", "nonKeyAttributes", "projectionType", "rangeKey"), {
  ...withoutEffect(capacity, "readCapacity", "writeCapacity", "onDemandThroughput"),
});

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Returns whether a statement only allows an AWS service, or only denies access without TLS. */
function isOfServices(statement: unknown): boolean {
  if (!isRecord(statement)) return false;
  const { Effect, Principal, Condition } = statement;
  if (Effect === "Deny") return JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}';
  return isRecord(Principal) && Object.keys(Principal).every((kind) => kind === "Service");
}

/**
 * Resource policies are not evaluated. A policy that only allows AWS services has no effect, because the local services
 * may do everything that the graph configures.
 */
export const policyOfServices: Rule = {
  fits: (policy) => isRecord(policy) && list(policy.Statement).every(isOfServices),
};

const corsRules = each(
  carriedOut("allowedHeaders", "allowedMethods", "allowedOrigins", "exposeHeaders", "maxAgeSeconds"),
  withoutEffect("it is a name", "id"),
);

const target = carriedOut("events", "filterPrefix", "filterSuffix", "id");

/** Tables and buckets. */
export const data: Readonly<Record<string, Rules>> = {
  "aws:dynamodb:Table": {
    ...carriedOut("attributes", "hashKey", "rangeKey", "streamEnabled", "streamViewType", "ttl"),
    ...withoutEffect(capacity, "billingMode", "readCapacity", "writeCapacity", "onDemandThroughput", "tableClass"),
    ...withoutEffect(backups, "pointInTimeRecovery", "deletionProtectionEnabled"),
    ...withoutEffect(encrypted, "serverSideEncryption"),
    globalSecondaryIndexes: index,
    localSecondaryIndexes: index,
  },
  "aws:s3:Bucket": {
    ...withoutEffect("the bucket goes with the data folder", "forceDestroy"),
    ...withoutEffect("locks and ownership protect from other accounts, and there is one", "objectLockEnabled"),
  },
  "aws:s3:BucketCorsConfiguration": { ...carriedOut("bucket"), corsRules },
  "aws:s3:BucketCorsConfigurationV2": { ...carriedOut("bucket"), corsRules },
  "aws:s3:BucketNotification": {
    ...carriedOut("bucket"),
    eventbridge: only(false),
    lambdaFunctions: each(target, carriedOut("lambdaFunctionArn")),
    queues: each(target, carriedOut("queueArn")),
    topics: each(target, carriedOut("topicArn")),
  },
  "aws:s3:BucketPolicy": { ...carriedOut("bucket"), policy: policyOfServices },
  "aws:s3:BucketPublicAccessBlock": {
    ...carriedOut("bucket", "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"),
  },
  "aws:s3:BucketVersioning": {
    ...carriedOut("bucket"),
    versioningConfiguration: only({ status: "Disabled" }, { status: "Suspended" }),
  },
  "sst:aws:BucketFiles": carriedOut("bucketName", "folders"),
};
