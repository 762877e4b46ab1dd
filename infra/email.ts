import { noticesFrom } from "./notices.ts";
import { policyOf } from "./stage.ts";

const { sender, senderDomain, senderShared = false, region } = policyOf($app.stage);

/** Settings of a configuration set, apart from its name. */
const sending = {
  deliveryOptions: { tlsPolicy: "REQUIRE" },
  reputationOptions: { reputationMetricsEnabled: true },
  sendingOptions: { sendingEnabled: true },
  // SES stops sending to these addresses, independent of the sender.
  suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
};
const outcomes = ["bounce", "complaint"] as const;

/** Creates the sender in SES, and a configuration set that reports the outcome of each mail to the topic. */
function ownSender(address: string, topic: $util.Input<string>) {
  const { identity, configurationSet } = new sst.aws.Email("Email", {
    sender: senderDomain ?? address,
    ...(senderDomain && { dmarc: "v=DMARC1; p=quarantine; adkim=s;" }),
    events: [{ name: "Feedback", types: [...outcomes], topic }],
    transform: { configurationSet: sending },
  }).nodes;
  return { identityArn: identity.arn, configurationSet };
}

/**
 * Uses a sender that exists in SES. SES knows each address and domain once per account and region, but each stage has
 * its own configuration set, so it gets the outcomes of its own mails only.
 */
function sharedSender(address: string, account: $util.Output<string>, topic: $util.Input<string>) {
  const configurationSet = new aws.sesv2.ConfigurationSet("EmailConfig", {
    configurationSetName: `${$app.name}-${$app.stage}`,
    ...sending,
  });
  const { configurationSetName } = configurationSet;
  new aws.sesv2.ConfigurationSetEventDestination("EmailEventFeedback", {
    configurationSetName,
    eventDestinationName: "Feedback",
    eventDestination: {
      enabled: true,
      matchingEventTypes: outcomes.map((type) => type.toUpperCase()),
      snsDestination: { topicArn: topic },
    },
  });
  return {
    identityArn: $interpolate`arn:aws:ses:${region}:${account}:identity/${senderDomain ?? address}`,
    configurationSet,
  };
}

/** Resources for sending mail: the sender, and notifications about the outcome of each mail. */
function mailFrom(address: string) {
  const account = aws.getCallerIdentityOutput({}).accountId;
  const sets = $interpolate`arn:aws:ses:${region}:${account}:configuration-set/*`;
  const feedback = noticesFrom("ses.amazonaws.com", "MailOutcomes", sets);
  const { identityArn, configurationSet } = senderShared
    ? sharedSender(address, account, feedback.arn)
    : ownSender(address, feedback.arn);
  const { configurationSetName } = configurationSet;
  return {
    /** Topic for SES's notifications of bounces and complaints. */
    feedback: feedback.topic,
    identityArn,
    configurationSetName,
    /** Links only the sender and its configuration set. Linking the identity would grant `ses:*`. */
    link: new sst.Linkable("Mail", { properties: { sender: address, configurationSet: configurationSetName } }),
    /** Permission to send mail as this sender only. */
    permission: {
      actions: ["ses:SendEmail"],
      resources: [identityArn, configurationSet.arn],
      conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: [address] }],
    },
  };
}

/** Mail through SES. Undefined in a stage without a sender. */
export const email = sender === undefined ? undefined : mailFrom(sender);
