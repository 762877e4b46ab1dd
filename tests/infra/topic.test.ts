import { DomainEvent } from "@daybook/core/events";
import type { Graph } from "@daybook/local/graph/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { functionNamed, readGraph, sentences } from "./stages.ts";

let graph: Graph;
beforeAll(async () => {
  graph = await readGraph();
});

const twoWeeks = 14 * 24 * 60 * 60;
const topic = `\${EventsTopic.arn}`;
const resources = (type: string) => Object.values(graph.resources[type] ?? {});
const subscriptions = () => resources("aws:sns:TopicSubscription").filter((each) => each.topic === topic);
const typesOf = (queue: string): string[] =>
  subscriptions()
    .filter(({ endpoint }) => endpoint === `\${${queue}.arn}`)
    .flatMap(({ filterPolicy }) => Object(filterPolicy).type);

describe("the event topic", () => {
  it("is encrypted and requires TLS", () => {
    expect(graph.resources["aws:sns:Topic"]?.EventsTopic).toMatchObject({ kmsMasterKeyId: "alias/aws/sns" });
    const policy = resources("aws:sns:TopicPolicy").find(({ arn }) => arn === topic)?.policy;
    expect(policy).toMatchObject({
      Statement: [{ Effect: "Deny", Action: "sns:Publish", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
    });
  });

  it("delivers to each queue only the events that its consumer handles, unwrapped", () => {
    const told = subscriptions().map(({ endpoint, filterPolicy }) => [endpoint, Object(filterPolicy).type]);
    expect(Object.fromEntries(told)).toMatchInlineSnapshot(`
      {
        "\${CleanUpJobsQueue.arn}": [
          "list.deleted",
          "list.emptied",
          "list.miscounted",
          "user.deleted",
          "sweep.requested",
          "post.deleted",
          "author.changed",
        ],
        "\${CommentCountJobsQueue.arn}": [
          "page.changed",
          "comment.changed",
        ],
        "\${CommentMailJobsQueue.arn}": [
          "comment.added",
        ],
        "\${FileRemovalsQueue.arn}": [
          "media.deleted",
        ],
        "\${NoticeJobsQueue.arn}": [
          "notice.requested",
        ],
        "\${RevalidationsQueue.arn}": [
          "page.changed",
          "comment.changed",
          "author.changed",
        ],
      }
    `);
    for (const { protocol, rawMessageDelivery } of subscriptions())
      expect([protocol, rawMessageDelivery]).toEqual(["sqs", true]);
  });

  it("delivers every event type, and no other", () => {
    const types = DomainEvent.options.map((option) => option.shape.type.value);
    const told = subscriptions().flatMap(({ filterPolicy }) => Object(filterPolicy).type);
    expect([...new Set(told)].sort()).toEqual(types.toSorted());
  });

  it("is the only sender of its queues", () => {
    for (const { endpoint } of subscriptions()) {
      const statements = resources("aws:sqs:QueuePolicy")
        .flatMap(({ policy }) => Object(policy).Statement)
        .filter(({ Resource }) => Resource === endpoint);
      expect(statements).toMatchObject([
        {
          Action: "sqs:SendMessage",
          Principal: { Service: "sns.amazonaws.com" },
          Condition: { ArnEquals: { "aws:SourceArn": topic } },
        },
      ]);
    }
  });
});

describe.each([
  ["NoticeJobs", "MailNotices", "NoticeDlq", 5, undefined],
  // #region blog
  ["Revalidations", "Revalidate", "RevalidationDlq", 10, 0],
  ["CommentCountJobs", "CountComments", "CommentCountDlq", 10, undefined],
  ["CommentMailJobs", "MailComments", "CommentMailDlq", 5, undefined],
  // #endregion blog
])("the queue %s", (queue, name, dlq, batchSize, window) => {
  it(`triggers ${name} without delay, which reports failed messages`, () => {
    const mappings = resources("aws:lambda:EventSourceMapping").filter(
      ({ eventSourceArn }) => eventSourceArn === `\${${queue}Queue.arn}`,
    );
    expect(mappings).toEqual([
      expect.objectContaining({
        functionName: `\${${name}Function.arn}`,
        batchSize,
        functionResponseTypes: ["ReportBatchItemFailures"],
        ...(window !== undefined && { maximumBatchingWindowInSeconds: window }),
      }),
    ]);
    expect(graph.resources["aws:sqs:Queue"]?.[`${queue}Queue`]?.delaySeconds).toBeFalsy();
  });

  it("retries three times, never concurrently, and then uses an encrypted dead-letter queue", () => {
    expect(graph.resources["aws:sqs:Queue"]?.[`${queue}Queue`]).toMatchObject({
      visibilityTimeoutSeconds: 6 * functionNamed(graph, `${name}Function`).timeout,
      redrivePolicy: { deadLetterTargetArn: `\${${dlq}Queue.arn}`, maxReceiveCount: 3 },
      sqsManagedSseEnabled: true,
    });
    expect(graph.resources["aws:sqs:Queue"]?.[`${dlq}Queue`]).toMatchObject({
      messageRetentionSeconds: twoWeeks,
      sqsManagedSseEnabled: true,
    });
  });
});

describe("notices", () => {
  it("are mailed with only the permissions that are needed", () => {
    expect(sentences(functionNamed(graph, "MailNoticesFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:GetItem, dynamodb:UpdateItem, dynamodb:DeleteItem on TableTable",
        "ses:SendEmail on EmailIdentity, EmailConfig if {"StringEquals":{"ses:FromAddress":"hello@daybook.example"}}",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on NoticeJobsQueue",
      ]
    `);
    expect(typesOf("NoticeJobsQueue")).toEqual(["notice.requested"]);
  });
});

// #region blog
describe("revalidation", () => {
  it("may only invalidate the one distribution, read the table and consume its queue", () => {
    expect(sentences(functionNamed(graph, "RevalidateFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:BatchGetItem on TableTable",
        "cloudfront:CreateInvalidation on RouterCdnDistribution",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on RevalidationsQueue",
      ]
    `);
  });

  it("shares a generated secret with the site", () => {
    const { links, environment } = functionNamed(graph, "RevalidateFunction");
    expect([links?.RevalidationSecret, environment]).toEqual([
      { type: "sst.sst.Linkable", value: `\${RevalidationPassword.result}` },
      undefined,
    ]);
    const site = Object.entries(graph.functions).filter(([name]) => name.startsWith("SiteServer"));
    expect(site.map(([, fn]) => fn.environment)).toEqual([
      expect.objectContaining({
        DAYBOOK_API_URL: `\${ApiApi.apiEndpoint}`,
        DAYBOOK_REVALIDATION_SECRET: `\${RevalidationPassword.result}`,
      }),
    ]);
  });
});

describe("the comment count", () => {
  it("is maintained with only the permissions that are needed", () => {
    expect(sentences(functionNamed(graph, "CountCommentsFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
        "dynamodb:Query on TableTable/index/lsi1",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on CommentCountJobsQueue",
      ]
    `);
    expect(typesOf("CommentCountJobsQueue")).toEqual(["page.changed", "comment.changed"]);
  });
});

describe("new comments", () => {
  it("are mailed with only the permissions that are needed", () => {
    expect(sentences(functionNamed(graph, "MailCommentsFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:BatchGetItem, dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem on TableTable",
        "dynamodb:Query on TableTable/index/gsi2",
        "sqs:SendMessage on CommentMailJobsQueue",
        "ses:SendEmail on EmailIdentity, EmailConfig if {"StringEquals":{"ses:FromAddress":"hello@daybook.example"}}",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on CommentMailJobsQueue",
      ]
    `);
  });
});
// #endregion blog
