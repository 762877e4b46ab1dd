import { snsEventTopic } from "@daybook/core/event-topic";
import type { DomainEvent } from "@daybook/core/events";
import { type CountedTodos, countAll } from "@daybook/core/list/list.counts.service";
import "../database.ts";
import { describeError, logger } from "../log.ts";
import { resources } from "../resources.ts";
import { beforePublishing } from "./blog-events.ts";
import { eventsOf } from "./domain-events.ts";
import { consumeStream } from "./stream-consumer.ts";
import { byList, todoChangeOf } from "./todo-changes.ts";

const topic = snsEventTopic(resources.eventTopicArn);

/** Publishes domain events from the table's stream and maintains the open-todo counts of lists. */
export const handler = consumeStream(
  "publishEvents",
  async (record) => {
    const events = eventsOf(record);
    for (const event of events) await tell(event);
    return events[0]?.type ?? todoChangeOf(record)?.change.type;
  },
  {
    // Records may be processed concurrently, because a topic does not preserve order either.
    recordsAtOnce: 16,
    processTogether: (records) => countAll(byList(records.flatMap((each) => todoChangeOf(each) ?? [])), ask, warn),
  },
);

async function tell(event: DomainEvent): Promise<void> {
  await beforePublishing(event);
  await topic.publish(event);
}

const ask = (todos: CountedTodos) => topic.publish({ type: "list.miscounted", ...todos });
const warn = (todos: CountedTodos, error: unknown) =>
  logger.error("miscounted", { ...todos, error: describeError(error) });
