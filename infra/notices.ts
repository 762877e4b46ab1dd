const account = aws.getCallerIdentityOutput({}).accountId;

/**
 * Creates a topic that only one AWS service may publish to. It is encrypted with a customer managed key for one dollar
 * a month, because AWS's managed key for topics does not allow services.
 * @param source pattern for the ARN of the publishing resource
 */
export function noticesFrom(
  service: "cloudwatch.amazonaws.com" | "ses.amazonaws.com",
  name: string,
  source: $util.Input<string>,
) {
  // In a key policy, `*` stands for the key itself.
  const ofKey = { effect: "Allow", resources: ["*"] };
  const key = new aws.kms.Key(`${name}Key`, {
    description: `Encrypts notices from ${service} to ${$app.name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          ...ofKey,
          // Administrators of this account manage the key. A key without administrators could never be deleted.
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
    /** Resolves when the policy allows the service to publish, because some services try it immediately. */
    arn: $output([topic.arn, policy.id]).apply(([arn]) => arn),
  };
}
