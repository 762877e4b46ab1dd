/** Dead-letter queues and work queues, monitored by `alarms.ts`. */
export const deadLetterQueues: sst.aws.Queue[] = [];
export const workQueues: sst.aws.Queue[] = [];

const twoWeeks = 14 * 24 * 60 * 60;

// Applies to every queue, including those that SST's components create.
$transform(aws.sqs.Queue, (args) => {
  if (args) args.sqsManagedSseEnabled ??= true;
});

/**
 * Maximum number of concurrent batches per queue. It leaves the rest of the account's concurrency (10 in a new account)
 * for users' requests. 2 is AWS's minimum. `npm run preflight` compares the sum over all queues with the account's
 * quota.
 */
const maximumConcurrency = 2;

// Applies to every mapping of a queue, including those that SST's components create. Only streams have a starting
// position.
$transform(aws.lambda.EventSourceMapping, (args) => {
  if (args.startingPosition === undefined) args.scalingConfig ??= { maximumConcurrency };
});

/** Creates a dead-letter queue with a retention of two weeks. */
export function deadLetters(name: string, { fifo = false } = {}): sst.aws.Queue {
  const queue = new sst.aws.Queue(name, { fifo, transform: { queue: { messageRetentionSeconds: twoWeeks } } });
  deadLetterQueues.push(queue);
  return queue;
}

/** Creates a queue with a dead-letter queue for messages that fail three times. Both keep messages for two weeks. */
export function workQueue(
  name: string,
  settings: Pick<sst.aws.QueueArgs, "delay" | "visibilityTimeout"> & { readonly deadLetters: string },
): sst.aws.Queue {
  const { deadLetters: dlqName, ...args } = settings;
  const queue = new sst.aws.Queue(name, {
    ...args,
    dlq: { queue: deadLetters(dlqName).arn, retry: 3 },
    transform: { queue: { messageRetentionSeconds: twoWeeks } },
  });
  workQueues.push(queue);
  return queue;
}

/** Permission that Lambda needs to poll a queue with the function's role. */
export const receive = (queue: sst.aws.Queue) => ({
  actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
  resources: [queue.arn],
});

const account = aws.getCallerIdentityOutput({}).accountId;

/**
 * Lets one topic or bucket send to a queue. SST's policy would allow those of every account.
 * @param policyName prefix of the name of SST's policy, which is created after this
 */
export function onlyFrom(
  policyName: string,
  queue: sst.aws.Queue,
  service: "s3.amazonaws.com" | "sns.amazonaws.com",
  source: $util.Input<string>,
): void {
  $transform(aws.sqs.QueuePolicy, (args, _opts, name) => {
    if (!name.startsWith(policyName)) return;
    args.policy = aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          actions: ["sqs:SendMessage"],
          resources: [queue.arn],
          principals: [{ type: "Service", identifiers: [service] }],
          conditions: [
            { test: "ArnEquals", variable: "aws:SourceArn", values: [source] },
            // A topic's ARN contains the account, a bucket's does not.
            ...(service === "s3.amazonaws.com"
              ? [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }]
              : []),
          ],
        },
      ],
    }).json;
  });
}
