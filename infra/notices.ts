const account = aws.getCallerIdentityOutput({}).accountId;

/**
 * A topic that a service of AWS publishes to, and nobody else. It is encrypted with a key of its own, for a dollar a month: AWS's own key
 * for topics does not let services in.
 * @param source what the ARN of whatever publishes looks like
 */
export function noticesFrom(
  service: "cloudwatch.amazonaws.com" | "ses.amazonaws.com",
  name: string,
  source: $util.Input<string>,
) {
  // The resource of a key's policy is the key itself, and can be written as `*` alone.
  const ofKey = { effect: "Allow", resources: ["*"] };
  const key = new aws.kms.Key(`${name}Key`, {
    description: `What ${service} tells ${$app.name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          ...ofKey,
          // Whoever may administer keys in this account: a key that nobody administers can never be removed.
          principals: [{ type: "AWS", identifiers: [$interpolate`arn:aws:iam::${account}:root`] }],
          actions: ["kms:*"],
        },
        {
          ...ofKey,
          principals: [{ type: "Service", identifiers: [service] }],
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        },
      ],
    }).json,
  });
  const topic = new sst.aws.SnsTopic(name, { transform: { topic: { kmsMasterKeyId: key.arn } } });
  const policy = new aws.sns.TopicPolicy(`${name}Policy`, {
    arn: topic.arn,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          actions: ["sns:Publish"],
          resources: [topic.arn],
          principals: [{ type: "Service", identifiers: [service] }],
          conditions: [
            { test: "StringEquals", variable: "aws:SourceAccount", values: [account] },
            { test: "ArnLike", variable: "aws:SourceArn", values: [source] },
          ],
        },
      ],
    }).json,
  });
  return {
    topic,
    /** Known when the service may publish: some try it at once. */
    arn: $output([topic.arn, policy.id]).apply(([arn]) => arn),
  };
}
