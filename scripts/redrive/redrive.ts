import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { FailedAgainError, handAgain, inviteAgain, wantedBy } from "./functions.ts";
import { type DeadLetters, moveBack, receive, remove } from "./queues.ts";
import { RecordsForgottenError, readAgain, StreamFailure } from "./records.ts";

export interface Clients {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly streams: DynamoDBStreamsClient;
}

/** Result of a redrive. Messages that failed again are still in the queue. */
export interface Redriven {
  readonly done: number;
  /** Reasons for the failed messages, one per message. */
  readonly staying: readonly string[];
}

/** Lambda's message to an on-failure destination about an asynchronous invocation. */
const EventFailure = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  requestPayload: z.unknown(),
});

function bodyOf({ Body = "" }: Message): unknown {
  try {
    return JSON.parse(Body);
  } catch {
    return undefined;
  }
}

/**
 * Repeats the work in a message.
 * @returns why it failed, or undefined if it succeeded
 */
async function again({ lambda, streams }: Clients, message: Message): Promise<string | undefined> {
  const body = bodyOf(message);
  const { data: failure } = StreamFailure.safeParse(body);
  try {
    if (failure) {
      const { functionArn } = failure.requestContext;
      const wants = await wantedBy(lambda, functionArn, failure.DDBStreamBatchInfo.streamArn);
      const records = await readAgain(streams, failure, wants);
      if (records.length === 0) return "The stream no longer has its records.";
      await handAgain(lambda, functionArn, records);
      return undefined;
    }
    // A schedule's message contains the input, and its attributes contain the target.
    const scheduled = message.MessageAttributes?.TARGET_ARN?.StringValue;
    if (scheduled !== undefined) {
      await inviteAgain(lambda, scheduled, body);
      return undefined;
    }
    const { data: event } = EventFailure.safeParse(body);
    if (!event || event.requestPayload === undefined) return "The message does not name its function.";
    await inviteAgain(lambda, event.requestContext.functionArn, event.requestPayload);
    return undefined;
  } catch (error) {
    if (error instanceof FailedAgainError || error instanceof RecordsForgottenError) return error.message;
    throw error;
  }
}

/** Visibility timeout in seconds. It is longer than a run, so no failed message is received twice in one run. */
const hiddenSeconds = 15 * 60;

/** Repeats the work in the messages of a dead-letter queue, and deletes those that succeed. */
export async function redrive(clients: Clients, queue: DeadLetters): Promise<Redriven> {
  const { sqs } = clients;
  if (queue.source) return { done: await moveBack(sqs, queue, queue.source), staying: [] };
  const staying: string[] = [];
  for (let done = 0; ; ) {
    const messages = await receive(sqs, queue.url, hiddenSeconds);
    if (messages.length === 0) return { done, staying };
    for (const message of messages) {
      const problem = await again(clients, message);
      if (problem !== undefined) staying.push(problem);
      else {
        await remove(sqs, queue.url, message);
        done += 1;
      }
    }
  }
}
