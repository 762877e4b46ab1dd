/** An AWS list price in Europe (Ireland), in USD. */
export interface Price {
  readonly what: string;
  readonly per: string;
  readonly usd: number;
  /** Units that are free each month, for the whole life of an account. */
  readonly free: number;
  /**
   * `read`: confirmed in the source when the table was written. `remembered`: not confirmed since; look it up before
   * relying on it.
   */
  readonly known: "read" | "remembered";
  readonly source: string;
}

/** Date of the table. */
export const pricesDate = "2026-11-21";

const million = 1_000_000;

/**
 * All prices, in the order of the bill. `usd` is the price of one unit: the price for `per`, divided by the number in
 * `per`. Example: 0.012 USD per 10,000 requests is `0.012 / 10_000`.
 */
export const prices = {
  edgeRequests: {
    what: "CloudFront, HTTPS requests in Europe",
    per: "10,000",
    usd: 0.012 / 10_000,
    free: 10 * million,
    known: "remembered",
    source: "https://aws.amazon.com/cloudfront/pricing/",
  },
  edgeGigabytes: {
    what: "CloudFront, data to the internet in Europe",
    per: "GB",
    usd: 0.085,
    free: 1024,
    known: "read",
    source: "https://aws.amazon.com/cloudfront/pricing/",
  },
  edgeFunctions: {
    what: "CloudFront Functions, requests",
    per: "1,000,000",
    usd: 0.1 / million,
    free: 2 * million,
    known: "remembered",
    source: "https://aws.amazon.com/cloudfront/pricing/",
  },
  keyValueReads: {
    what: "CloudFront key-value store, reads",
    per: "1,000,000",
    usd: 0.03 / million,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/cloudfront/pricing/",
  },
  apiRequests: {
    what: "HTTP API, requests",
    per: "1,000,000",
    usd: 1.11 / million,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/api-gateway/pricing/",
  },
  invocations: {
    what: "Lambda, requests",
    per: "1,000,000",
    usd: 0.2 / million,
    free: million,
    known: "read",
    source: "https://cloudchipr.com/blog/aws-lambda-pricing",
  },
  gigabyteSeconds: {
    what: "Lambda on Arm, time and memory",
    per: "GB-second",
    usd: 0.000_013_333_4,
    free: 400_000,
    known: "read",
    source: "https://cloudchipr.com/blog/aws-lambda-pricing",
  },
  writeUnits: {
    what: "DynamoDB on demand, write request units",
    per: "1,000,000",
    usd: 0.705 / million,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  },
  readUnits: {
    what: "DynamoDB on demand, read request units",
    per: "1,000,000",
    usd: 0.141 / million,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  },
  tableGigabytes: {
    what: "DynamoDB, storage and point-in-time recovery",
    per: "GB and month",
    usd: 0.283 + 0.226,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  },
  activeUsers: {
    what: "Cognito Essentials, monthly active users",
    per: "user",
    usd: 0.015,
    free: 10_000,
    known: "remembered",
    source: "https://aws.amazon.com/cognito/pricing/",
  },
  mails: {
    what: "SES, mails",
    per: "1,000",
    usd: 0.1 / 1000,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/ses/pricing/",
  },
  events: {
    what: "SNS, published events",
    per: "1,000,000",
    usd: 0.5 / million,
    free: million,
    known: "remembered",
    source: "https://aws.amazon.com/sns/pricing/",
  },
  filesWritten: {
    what: "S3, files written",
    per: "1,000",
    usd: 0.005 / 1000,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/s3/pricing/",
  },
  filesRead: {
    what: "S3, files read",
    per: "1,000",
    usd: 0.0004 / 1000,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/s3/pricing/",
  },
  invalidatedPaths: {
    what: "CloudFront, invalidation paths",
    per: "1,000",
    usd: 0.005,
    free: 1000,
    known: "remembered",
    source: "https://aws.amazon.com/cloudfront/pricing/",
  },
  logGigabytes: {
    what: "CloudWatch Logs, ingestion",
    per: "GB",
    usd: 0.57,
    free: 5,
    known: "remembered",
    source: "https://aws.amazon.com/cloudwatch/pricing/",
  },
  alarmMetrics: {
    what: "CloudWatch, metrics in alarms",
    per: "metric and month",
    usd: 0.1,
    free: 10,
    known: "remembered",
    source: "https://aws.amazon.com/cloudwatch/pricing/",
  },
  dashboards: {
    what: "CloudWatch, dashboards with over 50 metrics",
    per: "dashboard and month",
    usd: 3,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/cloudwatch/pricing/",
  },
  keys: {
    what: "KMS, keys for topics",
    per: "key and month",
    usd: 1,
    free: 0,
    known: "remembered",
    source: "https://aws.amazon.com/kms/pricing/",
  },
  queueRequests: {
    what: "SQS, requests",
    per: "1,000,000",
    usd: 0.4 / million,
    free: million,
    known: "remembered",
    source: "https://aws.amazon.com/sqs/pricing/",
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceId = keyof typeof prices;
