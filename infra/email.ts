import { noticesFrom } from "./notices.ts";
import { policyOf } from "./stage.ts";

/** Resources for sending mail: the sender's identity, and notifications about the outcome of each mail. */
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
        // SES stops sending to these addresses, independent of the sender.
        suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
      },
    },
  });
  const { identity, configurationSet } = email.nodes;
  return {
    /** Topic for SES's notifications of bounces and complaints. */
    feedback: feedback.topic,
    identity,
    configurationSet,
    /** Links only the sender. Linking the identity would grant `ses:*`. */
    link: new sst.Linkable("Mail", { properties: { sender } }),
    /** Permission to send mail as this sender only. */
    permission: {
      actions: ["ses:SendEmail"],
      resources: [identity.arn, configurationSet.arn],
      conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: [sender] }],
    },
  };
}

const { sender, senderDomain, region } = policyOf($app.stage);

/** Mail through SES. Undefined in a stage without a sender. */
export const email = sender === undefined ? undefined : mailFrom(sender, { senderDomain, region });
