import lambda from "@opennextjs/aws/overrides/wrappers/aws-lambda.js";
import type { OpenNextConfig } from "@opennextjs/aws/types/open-next.js";
import { publicPath } from "./features/reading/reading-paths.ts";
import { withEdgeLifetime, withoutCopies, withPagePolicy } from "./lib/page-policy.ts";
import { unescapedPath } from "./lib/public-paths.ts";

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
            convertFrom: (event) => converter.convertFrom({ ...event, rawPath: unescapedPath(event.rawPath) }),
            convertTo: async (result, event) => {
              const answer = await converter.convertTo(result, event);
              return withPagePolicy(withoutCopies(withEdgeLifetime(answer), event?.rawQueryString));
            },
          }),
      }),
      converter: "aws-apigw-v2",
      incrementalCache: "s3",
      tagCache: "dynamodb",
      // #region blog
      queue: async () => {
        // Not loaded by the other functions, which import this file, too.
        const { default: sqs } = await import("@opennextjs/aws/overrides/queue/sqs.js");
        return {
          ...sqs,
          // OpenNext requests the route of a stale page. The route only redirects to the page, which stays stale.
          send: ({ MessageBody, ...message }) =>
            sqs.send({ ...message, MessageBody: { ...MessageBody, url: publicPath(MessageBody.url) } }),
        };
      },
      // #endregion blog
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
