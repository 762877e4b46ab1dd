import { systemClock } from "@daybook/core/clock";
import { inParallel } from "@daybook/core/db/parallel";
import { snsEventTopic } from "@daybook/core/event-topic";
import type { DomainEvent } from "@daybook/core/events";
import { count } from "@daybook/core/list/list.counts.service";
import { openMonth } from "@daybook/core/published/months.repository";
import type { DynamoDBRecord } from "aws-lambda";
import "../database.ts";
import { describeError, logger } from "../log.ts";
import { resources } from "../resources.ts";
import { eventOf } from "./domain-events.ts";
import { consumeStream } from "./stream-consumer.ts";
import { byList, todoChangeOf } from "./todo-changes.ts";

const topic = snsEventTopic(resources.eventTopicArn);
const listsAtOnce = 8;

/** Publishes domain events from the table's stream and maintains the open-todo counts of lists. */
export const handler = consumeStream(
  "publishEvents",
  async (record) => {
    const event = eventOf(record);
    if (event) await tell(event);
    return event?.type ?? todoChangeOf(record)?.change.type;
  },
  // Records may be processed concurrently, because a topic does not preserve order either.
  { recordsAtOnce: 16, processTogether: countTodos },
);

async function tell(event: DomainEvent): Promise<void> {
  // Subscribers refresh the archive, so the month must be in it before they get the event.
  if (event.type === "page.changed" && event.month !== undefined) await openMonth(event.month, systemClock);
  await topic.publish(event);
}

/** Updates the open-todo counts. If a list fails, it requests a recount of that list and continues with the others. */
async function countTodos(records: readonly DynamoDBRecord[]): Promise<string[]> {
  const changes = records.flatMap((record) => todoChangeOf(record) ?? []);
  const outcomes: string[] = [];
  await inParallel(byList(changes), listsAtOnce, async ({ todos, changes }) => {
    const ask = () => topic.publish({ type: "list.miscounted", ...todos });
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
