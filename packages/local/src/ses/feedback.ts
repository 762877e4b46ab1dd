import { randomUUID } from "node:crypto";
import { addressOf } from "../mailbox/mail.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Ground } from "../service.ts";
import type { Mail } from "../service-types.ts";

interface DestinationInputs {
  readonly configurationSetName: string;
  readonly eventDestination: {
    readonly enabled?: boolean;
    readonly matchingEventTypes?: readonly string[];
    readonly snsDestination?: { readonly topicArn?: string };
  };
}

/** A sent mail. */
export interface SentMail {
  readonly mail: Mail;
  readonly messageId: string;
  readonly configurationSet: string | undefined;
}

/** Addresses of SES's mailbox simulator. Each produces the outcome in its name, also with a label (`bounce+1@…`). */
const simulated = /^(bounce|complaint|ooto|success|suppressionlist)(\+[^@]*)?@simulator\.amazonses\.com$/i;

/** Returns the event for a recipient in SES's format: its type and the part specific to that type. */
function outcomeOf(address: string, timestamp: string): { type: string; part: Record<string, unknown> } | undefined {
  const kind = simulated.exec(address)?.[1]?.toLowerCase();
  const feedbackId = randomUUID();
  if (kind === "complaint") {
    const recipients = { complainedRecipients: [{ emailAddress: address }] };
    return {
      type: "Complaint",
      part: { ...recipients, timestamp, feedbackId, complaintSubType: null, complaintFeedbackType: "abuse" },
    };
  }
  const bounces: Readonly<Record<string, readonly [string, string]>> = {
    bounce: ["Permanent", "General"],
    suppressionlist: ["Permanent", "Suppressed"],
    ooto: ["Transient", "General"],
  };
  const [bounceType, bounceSubType] = bounces[kind ?? ""] ?? [];
  if (!bounceType) return undefined;
  const bouncedRecipients = [{ emailAddress: address, action: "failed", status: "5.1.1" }];
  return { type: "Bounce", part: { bounceType, bounceSubType, bouncedRecipients, timestamp, feedbackId } };
}

/**
 * Publishes bounces and complaints for addresses of SES's mailbox simulator to the topics of the mail's configuration
 * set. Other mail is only stored in the mailbox.
 */
export function createFeedback({ graph, deliver, log }: Pick<Ground, "graph" | "deliver" | "log">) {
  const destinations = graph
    .all("aws:sesv2:ConfigurationSetEventDestination")
    .map((resource) => inputsOf<DestinationInputs>(resource));

  const topicsFor = (set: string | undefined, type: string) =>
    destinations.flatMap(({ configurationSetName, eventDestination: on }) =>
      set !== undefined &&
      set === configurationSetName &&
      on?.enabled === true &&
      on.matchingEventTypes?.includes(type.toUpperCase())
        ? (on.snsDestination?.topicArn ?? [])
        : [],
    );

  return async function tell({ mail, messageId, configurationSet }: SentMail): Promise<void> {
    const timestamp = new Date().toISOString();
    const recipients = [...mail.to, ...(mail.cc ?? []), ...(mail.bcc ?? [])].map(addressOf);
    for (const address of recipients) {
      const outcome = outcomeOf(address, timestamp);
      if (!outcome) continue;
      const { type, part } = outcome;
      const sent = { timestamp, source: mail.from, messageId, destination: recipients };
      const message = JSON.stringify({ eventType: type, [type.toLowerCase()]: part, mail: sent });
      for (const topicArn of topicsFor(configurationSet, type)) await deliver(topicArn, message);
      log.info("ses", `${type} of ${address}, simulated`);
    }
  };
}
