import { inParallel } from "@daybook/core/db/parallel";
import { sqsEventQueue } from "@daybook/core/event-queue";
import { count } from "@daybook/core/list/list.counts.service";
import type { DynamoDBRecord } from "aws-lambda";
import "../database.ts";
import { describeError, logger } from "../log.ts";
import { resources } from "../resources.ts";
import { consume } from "./consume.ts";
import { eventOf } from "./domain-events.ts";
import { byList, todoChangeOf } from "./todo-changes.ts";

const cleanUp = sqsEventQueue(resources.cleanUpQueueUrl);
const listsAtOnce = 8;

/** Tells of what has changed in the table to whoever has something to do then, and counts the open todos of lists. */
export const handler = consume(
  "publishEvents",
  async (record) => {
    const event = eventOf(record);
    if (event) await cleanUp.send(event);
    return event?.type ?? todoChangeOf(record)?.change.type;
  },
  countTodos,
);

/** A list that cannot be counted now holds up nothing: it is left to whoever counts it anew. */
async function countTodos(records: readonly DynamoDBRecord[]): Promise<string[]> {
  const changes = records.flatMap((record) => todoChangeOf(record) ?? []);
  const outcomes: string[] = [];
  await inParallel(byList(changes), listsAtOnce, async ({ todos, changes }) => {
    const ask = () => cleanUp.send({ type: "list.miscounted", ...todos });
    try {
      outcomes.push(await count(todos, changes, ask));
    } catch (error) {
      logger.error("miscounted", { ...todos, error: describeError(error) });
      await ask();
      outcomes.push("miscounted");
    }
  });
  return outcomes;
}
