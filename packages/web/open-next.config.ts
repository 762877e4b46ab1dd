import lambda from "@opennextjs/aws/overrides/wrappers/aws-lambda.js";
import type { OpenNextConfig } from "@opennextjs/aws/types/open-next.js";
import { withoutCopies, withPagePolicy } from "./lib/page-policy.ts";

/** The form that SST's Nextjs component deploys: a function, pages in S3, tags in DynamoDB, revalidation by SQS. */
const config: OpenNextConfig = {
  // Not minified: the large files are minified already, and minifying would be the slowest part of the build.
  default: {
    override: {
      wrapper: () => ({
        ...lambda,
        name: "aws-lambda-with-page-policy",
        wrapper: async (handler, converter) =>
          lambda.wrapper(handler, {
            ...converter,
            convertTo: async (result, event) =>
              withPagePolicy(withoutCopies(await converter.convertTo(result, event), event?.rawQueryString)),
          }),
      }),
      converter: "aws-apigw-v2",
      incrementalCache: "s3",
      tagCache: "dynamodb",
      queue: "sqs",
    },
  },
  imageOptimization: {
    // SST always deploys this function, but no page uses it. It contains no `sharp` and answers 404.
    override: {
      wrapper: () => ({
        name: "no-image-optimization",
        supportStreaming: false,
        wrapper: async () => async () => ({ statusCode: 404, headers: { "cache-control": "public, max-age=86400" } }),
      }),
    },
    // @ts-expect-error The types do not include `false`, which keeps OpenNext from installing `sharp` at build time.
    install: false,
  },
};

export default config;
