import { mailbox } from "../mailbox/service.ts";
import type { Service } from "../service.ts";
import { each, ignored, supported } from "../support/rules.ts";
import { type Ses, startSes } from "./ses.ts";

export const ses: Service<Ses> = {
  types: {
    "aws:sesv2:ConfigurationSet": ignored(
      "No mail leaves the machine.",
      ...["configurationSetName", "deliveryOptions", "reputationOptions"],
      ...["sendingOptions", "suppressionOptions", "trackingOptions"],
    ),
    "aws:sesv2:ConfigurationSetEventDestination": {
      ...supported("configurationSetName"),
      ...ignored("It is only a name.", "eventDestinationName"),
      eventDestination: each(supported("enabled", "matchingEventTypes", "snsDestination")),
    },
    "aws:sesv2:EmailIdentity": {
      ...supported("configurationSetName", "emailIdentity"),
      ...ignored("No mail leaves the machine.", "dkimSigningAttributes"),
    },
  },
  support: {
    title: "SES v2",
    implementation: "own, with the mailbox",
    supported: [
      "`SendEmail` with simple and raw content",
      "Identities and configuration sets, with permissions on both",
      "Bounces and complaints for the addresses of the SES simulator (`bounce@simulator.amazonses.com`)",
      "Event destinations with a topic",
    ],
    unsupported: {
      "Templates and other operations": "The request is refused.",
      Quotas: "The number of messages is not limited.",
    },
  },
  start: (ground) => startSes({ ...ground, mailbox: ground.get(mailbox) }),
};
