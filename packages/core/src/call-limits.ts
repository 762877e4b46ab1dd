/** Maximum number of attempts of a call to an AWS service, and the time limit of each attempt in milliseconds. */
interface CallLimit {
  readonly attempts: number;
  readonly milliseconds: number;
}

/**
 * Limits per service. All attempts of a call end before the function that makes it times out.
 * `tests/infra/timeouts.test.ts` compares the limits with the resource graph.
 */
export const callLimits = {
  // One attempt: after a slow call, there is no time left for a second one.
  "cognito-idp": { attempts: 1, milliseconds: 8_000 },
  dynamodb: { attempts: 3, milliseconds: 2_500 },
  s3: { attempts: 3, milliseconds: 9_000 },
  // SES has no idempotency token: a second attempt could send an email twice.
  ses: { attempts: 1, milliseconds: 8_000 },
  sns: { attempts: 3, milliseconds: 5_000 },
  sqs: { attempts: 3, milliseconds: 5_000 },
  // #region blog
  cloudfront: { attempts: 3, milliseconds: 5_000 },
  /** The site's functions, called through the edge. */
  site: { attempts: 3, milliseconds: 8_000 },
  // #endregion blog
} satisfies Record<string, CallLimit>;

/**
 * Time limit of a Cognito call inside a trigger of the user pool, in milliseconds. Cognito waits 5 seconds for the
 * trigger.
 */
export const triggerCallMilliseconds = 2_000;

/** Returns the settings of an SDK client: time limits, and exponential back-off with full jitter between attempts. */
export const limitedClient = (service: keyof typeof callLimits) => ({
  retryMode: "standard",
  maxAttempts: callLimits[service].attempts,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: callLimits[service].milliseconds,
    throwOnRequestTimeout: true,
  },
});
