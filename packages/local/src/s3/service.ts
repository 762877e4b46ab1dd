import type { Service } from "../service.ts";
import { policyOfServices } from "../support/resource-policy.ts";
import { each, ignored, only, supported } from "../support/rules.ts";
import { type S3, startS3 } from "./s3.ts";

const cors = {
  ...supported("bucket"),
  corsRules: each(
    supported("allowedHeaders", "allowedMethods", "allowedOrigins", "exposeHeaders", "maxAgeSeconds"),
    ignored("It is only a name.", "id"),
  ),
};

const target = supported("events", "filterPrefix", "filterSuffix", "id");

export const s3: Service<S3> = {
  types: {
    "aws:s3:Bucket": {
      ...ignored("Buckets are deleted with the data folder.", "forceDestroy"),
      ...ignored("Requests that set a lock are refused.", "objectLockEnabled"),
    },
    "aws:s3:BucketCorsConfiguration": cors,
    "aws:s3:BucketCorsConfigurationV2": cors,
    "aws:s3:BucketLifecycleConfiguration": "Objects cost nothing and are deleted with the data folder.",
    "aws:s3:BucketNotification": {
      ...supported("bucket"),
      eventbridge: only(false),
      lambdaFunctions: each(target, supported("lambdaFunctionArn")),
      queues: each(target, supported("queueArn")),
      topics: each(target, supported("topicArn")),
    },
    "aws:s3:BucketPolicy": { ...supported("bucket"), policy: policyOfServices },
    "aws:s3:BucketPublicAccessBlock": {
      ...supported("bucket", "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"),
    },
    "aws:s3:BucketVersioning": {
      ...supported("bucket"),
      versioningConfiguration: only({ status: "Disabled" }, { status: "Suspended" }),
    },
    "sst:aws:BucketFiles": supported("bucketName", "folders"),
  },
  support: {
    title: "S3",
    implementation: "`fauxqs` behind an own front, with own listings, conditions, checksums and forms",
    supported: [
      "Objects, ranges and multipart uploads",
      "Conditional writes",
      "All of S3's checksums",
      "Paged listings in byte order",
      "Presigned URLs",
      "POST forms with their policies",
      "CORS",
      "Notifications to functions, queues and topics",
      "Files of a deployment",
    ],
    unsupported: {
      "Versions, ACLs, tags and object locks": "The request is refused. The log names versioning.",
      "EventBridge, and notifications other than creation and removal": "The log names EventBridge. No event is sent.",
      "Keys with `//`, `.` or `..`": "The request is refused.",
    },
  },
  start: startS3,
};
