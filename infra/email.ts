import { noticesFrom } from "./notices.ts";
import { policyOf } from "./stage.ts";

/** All that mail needs: the identity of a sender, and news of what became of its mail. */
function mailFrom(sender: string, { senderDomain, region }: { senderDomain?: string | undefined; region: string }) {
  const sets = $interpolate`arn:aws:ses:${region}:${aws.getCallerIdentityOutput({}).accountId}:configuration-set/*`;
  const feedback = noticesFrom("ses.amazonaws.com", "MailOutcomes", sets);
  const email = new sst.aws.Email("Email", {
    sender: senderDomain ?? sender,
    ...(senderDomain && { dmarc: "v=DMARC1; p=quarantine; adkim=s;" }),
    events: [{ name: "Feedback", types: ["bounce", "complaint"], topic: feedback.arn }],
    transform: {
      configurationSet: {
        deliveryOptions: { tlsPolicy: "REQUIRE" },
        reputationOptions: { reputationMetricsEnabled: true },
        sendingOptions: { sendingEnabled: true },
        // SES itself stops sending to these, whoever asks.
        suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
      },
    },
  });
  const { identity, configurationSet } = email.nodes;
  return {
    /** Where SES tells of bounces and complaints. */
    feedback: feedback.topic,
    identity,
    configurationSet,
    /** The sender alone: linking the identity would grant `ses:*`. */
    link: new sst.Linkable("Mail", { properties: { sender } }),
    /** A permission to send mail as the sender, and as nobody else. */
    permission: {
      actions: ["ses:SendEmail"],
      resources: [identity.arn, configurationSet.arn],
      conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: [sender] }],
    },
  };
}

const { sender, senderDomain, region } = policyOf($app.stage);

/** Mail by SES; a stage without a sender has none. */
export const email = sender === undefined ? undefined : mailFrom(sender, { senderDomain, region });
