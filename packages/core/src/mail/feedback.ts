import * as z from "zod";
import type { CallContext } from "../call-context.ts";
import { inParallel } from "../db/parallel.ts";
import type { SuppressionReason } from "./suppression.repository.ts";
import { suppress } from "./suppression.ts";

const Recipients = z.array(z.object({ emailAddress: z.string() }));

const Bounce = z
  .object({
    eventType: z.literal("Bounce"),
    bounce: z.object({ bounceType: z.string(), bouncedRecipients: Recipients }),
  })
  .transform(({ bounce: { bounceType, bouncedRecipients } }) => ({
    type: "mail.bounced" as const,
    // Do not suppress an address for a transient error such as a full mailbox or a server that is down.
    suppress: bounceType === "Permanent",
    addresses: bouncedRecipients.map(({ emailAddress }) => emailAddress),
  }));

const Complaint = z
  .object({
    eventType: z.literal("Complaint"),
    complaint: z.object({ complainedRecipients: Recipients, complaintFeedbackType: z.string().nullish() }),
  })
  .transform(({ complaint: { complainedRecipients, complaintFeedbackType } }) => ({
    type: "mail.complained" as const,
    // A recipient can also report that a mail is not spam.
    suppress: complaintFeedbackType !== "not-spam",
    addresses: complainedRecipients.map(({ emailAddress }) => emailAddress),
  }));

/** Feedback of SES on a mail that it sent. */
const MailFeedback = z.union([Bounce, Complaint]);
export type MailFeedback = z.output<typeof MailFeedback> | { readonly type: "mail.feedback-connected" };

/** SES publishes this sentence once to validate the topic. */
const trial = "Successfully validated SNS topic for Amazon SES";

/** Parses a message that SES publishes for a configuration set. @throws ZodError, SyntaxError for any other message */
export const readFeedback = (message: string): MailFeedback =>
  message.startsWith(trial) ? { type: "mail.feedback-connected" } : MailFeedback.parse(JSON.parse(message));

/** Suppresses the addresses of a permanent bounce or a complaint. Idempotent. */
export async function takeFeedback(ctx: CallContext, feedback: MailFeedback): Promise<"suppressed" | "ignored"> {
  if (feedback.type === "mail.feedback-connected" || !feedback.suppress) return "ignored";
  const reason: SuppressionReason = feedback.type === "mail.bounced" ? "bounce" : "complaint";
  await inParallel(feedback.addresses, 4, (address) => suppress(ctx, addressOf(address), reason));
  return "suppressed";
}

/** Returns the plain address. SES may report a recipient as `Ada <ada@example.com>`. */
const addressOf = (recipient: string): string => /<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient;
