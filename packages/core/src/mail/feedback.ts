import * as z from "zod";
import type { Clock } from "../clock.ts";
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
    // A full mailbox, or a server that is down, is no reason to give up on an address.
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
    // Somebody can also say that a mail is no spam after all.
    suppress: complaintFeedbackType !== "not-spam",
    addresses: complainedRecipients.map(({ emailAddress }) => emailAddress),
  }));

/** What SES tells of a mail that it has sent. */
const MailFeedback = z.union([Bounce, Complaint]);
export type MailFeedback = z.output<typeof MailFeedback> | { readonly type: "mail.feedback-connected" };

/** SES tries the topic, once it knows it, with a sentence. */
const trial = "Successfully validated SNS topic for Amazon SES";

/** What SES publishes for a configuration set. @throws ZodError, SyntaxError for anything else */
export const readFeedback = (message: string): MailFeedback =>
  message.startsWith(trial) ? { type: "mail.feedback-connected" } : MailFeedback.parse(JSON.parse(message));

/** Remembers the addresses that are to get no mail any more; doing it again changes nothing. */
export async function takeFeedback(feedback: MailFeedback, clock: Clock): Promise<"suppressed" | "ignored"> {
  if (feedback.type === "mail.feedback-connected" || !feedback.suppress) return "ignored";
  const reason: SuppressionReason = feedback.type === "mail.bounced" ? "bounce" : "complaint";
  await inParallel(feedback.addresses, 4, (address) => suppress(addressOf(address), reason, clock));
  return "suppressed";
}

/** A recipient may be told as `Ada <ada@example.com>`. */
const addressOf = (recipient: string): string => /<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient;
