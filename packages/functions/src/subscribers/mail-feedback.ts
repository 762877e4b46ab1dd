import { systemClock } from "@daybook/core/clock";
import { readFeedback, takeFeedback } from "@daybook/core/mail/feedback";
import "../database.ts";
import { consumeQueue } from "./queue-consumer.ts";

/** Remembers the addresses that mail does not reach, or whose owners complained about it. */
export const handler = consumeQueue("mailFeedback", readFeedback, (feedback) => takeFeedback(feedback, systemClock));
