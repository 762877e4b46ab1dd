/** How often a call to an AWS service is tried, and how many milliseconds each attempt may take. */
interface CallLimit {
  readonly attempts: number;
  readonly milliseconds: number;
}

/** All attempts of a call end before the function that makes it times out; `tests/infra/timeouts.test.ts` compares them with the graph. */
export const callLimits = {
  // What takes too long is not repeated: there is no time left for it.
  "cognito-idp": { attempts: 1, milliseconds: 8_000 },
  cloudfront: { attempts: 3, milliseconds: 5_000 },
  dynamodb: { attempts: 3, milliseconds: 2_500 },
  s3: { attempts: 3, milliseconds: 9_000 },
  // SES has no idempotency token: a second attempt could send a mail twice.
  ses: { attempts: 1, milliseconds: 8_000 },
  sns: { attempts: 3, milliseconds: 5_000 },
  sqs: { attempts: 3, milliseconds: 5_000 },
  /** The site's own functions, through the edge. */
  site: { attempts: 3, milliseconds: 8_000 },
} satisfies Record<string, CallLimit>;

/** Milliseconds that a trigger of the user pool may wait for a call of Cognito: Cognito itself waits 5 seconds for the trigger. */
export const triggerCallMilliseconds = 2_000;

/** The settings of an SDK client, with exponential back-off and full jitter between attempts. */
export const limitedClient = (service: keyof typeof callLimits) => ({
  retryMode: "standard",
  maxAttempts: callLimits[service].attempts,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: callLimits[service].milliseconds,
    throwOnRequestTimeout: true,
  },
});
