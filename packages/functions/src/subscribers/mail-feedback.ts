import { systemClock } from "@daybook/core/clock";
import { readFeedback, takeFeedback } from "@daybook/core/mail/feedback";
import "../database.ts";
import { consumeQueue } from "./queue-consumer.ts";

/** Suppresses addresses after bounces and complaints. */
export const handler = consumeQueue("mailFeedback", readFeedback, (feedback) =>
  takeFeedback({ clock: systemClock }, feedback),
);
