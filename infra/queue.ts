/** Queues for what could not be processed, and those that wait to be; `alarms.ts` watches over them. */
export const deadLetterQueues: sst.aws.Queue[] = [];
export const workQueues: sst.aws.Queue[] = [];

const twoWeeks = 14 * 24 * 60 * 60;

// This holds for every queue, also for those that SST's own components make.
$transform(aws.sqs.Queue, (args) => {
  if (args) args.sqsManagedSseEnabled ??= true;
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
