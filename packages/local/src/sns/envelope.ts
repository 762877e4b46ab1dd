import type { Message } from "./message.ts";
import type { Subscription } from "./topic.ts";

/** Placeholder for a signature, because only AWS can sign messages. */
const signature = "made by the local cloud";
const certificate = "SimpleNotificationService-local.pem";

function addressesOf({ topicArn }: Message, { arn }: Subscription) {
  const host = `https://sns.${topicArn.split(":")[3]}.amazonaws.com`;
  return { certificate: `${host}/${certificate}`, unsubscribe: `${host}/?Action=Unsubscribe&SubscriptionArn=${arn}` };
}

const attributesOf = ({ attributes }: Message) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue },
    ]),
  );

/** Builds the body of an SQS message when delivery is not raw. */
export function queueBody(message: Message, subscription: Subscription): string {
  const { certificate: SigningCertURL, unsubscribe: UnsubscribeURL } = addressesOf(message, subscription);
  const envelope = {
    Type: "Notification",
    MessageId: message.messageId,
    TopicArn: message.topicArn,
    Subject: message.subject,
    Message: message.message,
    Timestamp: message.timestamp,
    SignatureVersion: "1",
    Signature: signature,
    SigningCertURL,
    UnsubscribeURL,
    ...(Object.keys(message.attributes).length > 0 && { MessageAttributes: attributesOf(message) }),
  };
  return JSON.stringify(envelope, undefined, 2);
}

/** Builds the event of a function. Some names differ from those in an SQS message, as on AWS. */
export function functionEvent(message: Message, subscription: Subscription) {
  const { certificate: SigningCertUrl, unsubscribe: UnsubscribeUrl } = addressesOf(message, subscription);
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: "Notification",
          MessageId: message.messageId,
          TopicArn: message.topicArn,
          Subject: message.subject ?? null,
          Message: message.message,
          Timestamp: message.timestamp,
          SignatureVersion: "1",
          Signature: signature,
          SigningCertUrl,
          UnsubscribeUrl,
          MessageAttributes: attributesOf(message),
        },
      },
    ],
  };
}
