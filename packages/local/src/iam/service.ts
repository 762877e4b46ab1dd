import type { Service } from "../service.ts";
import { supported } from "../support/rules.ts";

/** Every API evaluates the callers' policies itself, so IAM is not a running part. */
export const iam: Service<undefined> = {
  types: { "aws:iam:Role": supported("policy") },
  support: {
    title: "IAM",
    implementation: "own",
    supported: [
      "Signature Version 4 in headers, presigned URLs and the policies of POST forms",
      "S3: every `x-amz-` header must be signed",
      "Identity policies with wildcards, `NotAction` and `NotResource`",
      "Policy variables and conditions",
    ],
    unsupported: {
      "Conditions with other operators or keys, such as `IpAddress` and `dynamodb:Attributes`":
        "The request is denied. The message names the condition.",
      "Resource policies": "They are not evaluated. The log names those that allow more than AWS services.",
      "Permissions boundaries": "A function with a boundary has no permissions.",
      "Managed policies": "They grant nothing. The log names them.",
      "Session policies": "There are no sessions.",
      "Signatures of the chunks of a streamed body": "They are not verified.",
    },
  },
  start: () => undefined,
};
