/** Queues for what could not be processed, and those that wait to be; `alarms.ts` watches over them. */
export const deadLetterQueues: sst.aws.Queue[] = [];
export const workQueues: sst.aws.Queue[] = [];

const twoWeeks = 14 * 24 * 60 * 60;

// This holds for every queue, also for those that SST's own components make.
$transform(aws.sqs.Queue, (args) => {
  if (args) args.sqsManagedSseEnabled ??= true;
});

/**
 * How many batches of one queue are processed at the same time. It keeps the rest of the account's concurrency, 10 in a new account, for
 * people's requests. 2 is the least that AWS takes; `npm run preflight` compares the sum over all queues with the account's quota.
 */
const maximumConcurrency = 2;

// This holds for every mapping of a queue, also for those that SST's own components create. Only streams have a starting position.
$transform(aws.lambda.EventSourceMapping, (args) => {
  if (args.startingPosition === undefined) args.scalingConfig ??= { maximumConcurrency };
});

/** A queue for what could not be processed, kept for two weeks. */
export function deadLetters(name: string, { fifo = false } = {}): sst.aws.Queue {
  const queue = new sst.aws.Queue(name, { fifo, transform: { queue: { messageRetentionSeconds: twoWeeks } } });
  deadLetterQueues.push(queue);
  return queue;
}

/** A queue with one of its own for what fails three times. Its messages are kept as long. */
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

/** What Lambda does with a queue in the name of the function that it feeds. */
export const receive = (queue: sst.aws.Queue) => ({
  actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
  resources: [queue.arn],
});

const account = aws.getCallerIdentityOutput({}).accountId;

/**
 * Lets one topic or bucket send to a queue; SST's own policy would let in those of every account.
 * @param policyName how the name of SST's policy begins, which is made after this
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
            // A topic's ARN says whose it is, a bucket's does not.
            ...(service === "s3.amazonaws.com"
              ? [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }]
              : []),
          ],
        },
      ],
    }).json;
  });
}
