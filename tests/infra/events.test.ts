import { passwordMinLength } from "@daybook/core/account/account.limits";
import { operations } from "@daybook/core/api";
import type { Graph } from "@daybook/local/graph/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { functionNamed, readGraph, sentences } from "./stages.ts";

let graph: Graph;
beforeAll(async () => {
  graph = await readGraph();
});

/** DynamoDB deletes stream records after 24 hours. */
const streamSeconds = 24 * 60 * 60;
const twoWeeks = 14 * 24 * 60 * 60;

const mappingOf = (name: string) => graph.resources["aws:lambda:EventSourceMapping"]?.[`${name}EventSourceMapping`];

describe.each([
  ["WelcomeEmail", 10],
  ["PublishEvents", 100],
])("the stream consumer %s", (name, batchSize) => {
  const mapping = () => mappingOf(`TableSubscriber${name}`);

  it("starts at the oldest record, and retries a failing batch within bounds", () => {
    expect(mapping()).toMatchObject({
      eventSourceArn: `\${TableTable.streamArn}`,
      functionName: `\${${name}Function.arn}`,
      startingPosition: "TRIM_HORIZON",
      batchSize,
      functionResponseTypes: ["ReportBatchItemFailures"],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 5,
    });
    expect(mapping()?.maximumRecordAgeInSeconds).toBeLessThan(streamSeconds);
    expect(graph.resources["aws:dynamodb:Table"]?.TableTable).toMatchObject({ streamViewType: "NEW_AND_OLD_IMAGES" });
  });

  it("processes one batch per shard at a time, which keeps the order of a partition", () => {
    expect(mapping()).toMatchObject({ parallelizationFactor: 1 });
    // In a table with a local index, all items of a partition key share one partition, and so one shard.
    expect(graph.resources["aws:dynamodb:Table"]?.TableTable?.localSecondaryIndexes).toHaveLength(1);
  });

  it("sends failed records to an encrypted queue that keeps them for two weeks", () => {
    expect(mapping()?.destinationConfig).toEqual({ onFailure: { destinationArn: `\${${name}DlqQueue.arn}` } });
    expect(graph.resources["aws:sqs:Queue"]?.[`${name}DlqQueue`]).toMatchObject({
      messageRetentionSeconds: twoWeeks,
      sqsManagedSseEnabled: true,
    });
  });
});

describe("the table's stream", () => {
  it("has only two consumers, because a third would be throttled", () => {
    const mappings = Object.values(graph.resources["aws:lambda:EventSourceMapping"] ?? {});
    expect(mappings.filter(({ eventSourceArn }) => eventSourceArn === `\${TableTable.streamArn}`)).toHaveLength(2);
  });
});

describe("the welcome email", () => {
  it("is triggered only by new profiles", () => {
    expect(mappingOf("TableSubscriberWelcomeEmail")?.filterCriteria).toEqual({
      filters: [{ pattern: { eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["PROFILE"] } } } } }],
    });
  });

  it("has only the permissions that it needs", () => {
    expect(sentences(functionNamed(graph, "WelcomeEmailFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
        "ses:SendEmail on EmailIdentity, EmailConfig if {"StringEquals":{"ses:FromAddress":"hello@daybook.example"}}",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams on \${TableTable.streamArn}",
        "sqs:SendMessage on WelcomeEmailDlqQueue",
      ]
    `);
  });
});

describe("the event publisher", () => {
  it("is triggered by items with events and by todos to count, but not by its own counts", () => {
    const patterns = Object(mappingOf("TableSubscriberPublishEvents")?.filterCriteria).filters;
    // The maximum number of filters that Lambda accepts.
    expect(patterns).toHaveLength(5);
    expect(patterns.map(({ pattern }: { pattern: unknown }) => JSON.stringify(pattern))).toMatchInlineSnapshot(`
      [
        "{"dynamodb":{"Keys":{"sk":{"S":["LIST"]}},"NewImage":{"countedTo":{"S":[{"exists":false}]}}},"eventName":["MODIFY"]}",
        "{"dynamodb":{"Keys":{"sk":{"S":["LIST",{"prefix":"POST#"},{"prefix":"MEDIA#"}]}}},"eventName":["REMOVE"]}",
        "{"dynamodb":{"Keys":{"sk":{"S":["SWEEP"]}}},"eventName":["INSERT","MODIFY"]}",
        "{"dynamodb":{"Keys":{"sk":{"S":["DELETED"]}}},"eventName":["INSERT","REMOVE"]}",
        "{"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"TODO#"},"RECOUNT",{"prefix":"COMMENT#"},"PAGE","AUTHOR","NOTICE"]}}}}",
      ]
    `);
  });

  it("has only the permissions that it needs", () => {
    expect(sentences(functionNamed(graph, "PublishEventsFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:GetItem, dynamodb:UpdateItem on TableTable",
        "sns:Publish on EventsTopic",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams on \${TableTable.streamArn}",
        "sqs:SendMessage on PublishEventsDlqQueue",
      ]
    `);
  });
});

describe("the clean-up", () => {
  const queue = () => graph.resources["aws:sqs:Queue"]?.CleanUpJobsQueue;
  const fn = () => functionNamed(graph, "CleanUpFunction");

  it("starts after the timeout of every request that could write to the deleted data", () => {
    for (const { id, path } of Object.values(operations)) {
      if (!/^\/v1\/(lists|posts|media)/.test(path)) continue;
      const { timeout } = functionNamed(graph, `${id.charAt(0).toUpperCase()}${id.slice(1)}Function`);
      expect(timeout, id).toBeLessThan(Number(queue()?.delaySeconds));
    }
  });

  it("processes one job at a time, and reports failed jobs", () => {
    const mappings = Object.values(graph.resources["aws:lambda:EventSourceMapping"] ?? {});
    expect(mappings.filter(({ eventSourceArn }) => eventSourceArn === `\${CleanUpJobsQueue.arn}`)).toEqual([
      expect.objectContaining({
        functionName: `\${CleanUpFunction.arn}`,
        batchSize: 1,
        functionResponseTypes: ["ReportBatchItemFailures"],
      }),
    ]);
  });

  it("retries three times, never concurrently, and then uses an encrypted dead-letter queue", () => {
    expect(queue()).toMatchObject({
      visibilityTimeoutSeconds: 6 * fn().timeout,
      redrivePolicy: { deadLetterTargetArn: `\${CleanUpDlqQueue.arn}`, maxReceiveCount: 3 },
      sqsManagedSseEnabled: true,
    });
    expect(graph.resources["aws:sqs:Queue"]?.CleanUpDlqQueue).toMatchObject({
      messageRetentionSeconds: twoWeeks,
      sqsManagedSseEnabled: true,
    });
  });

  it("has only the permissions that it needs", () => {
    expect(sentences(fn().policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:BatchGetItem, dynamodb:BatchWriteItem, dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem on TableTable",
        "dynamodb:Query on TableTable/index/gsi1",
        "sqs:SendMessage on CleanUpJobsQueue",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on CleanUpJobsQueue",
      ]
    `);
  });
});

describe("the feedback of SES", () => {
  it("is sent from bounces and complaints to a queue, unwrapped", () => {
    const { EmailEventFeedback } = graph.resources["aws:sesv2:ConfigurationSetEventDestination"] ?? {};
    expect(EmailEventFeedback).toMatchObject({
      configurationSetName: `\${EmailConfig.id}`,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["BOUNCE", "COMPLAINT"],
        snsDestination: { topicArn: `\${MailOutcomesTopic.arn}` },
      },
    });
    const { MailOutcomesSubscriberMailEventsSubscription } = graph.resources["aws:sns:TopicSubscription"] ?? {};
    expect(MailOutcomesSubscriberMailEventsSubscription).toMatchObject({
      topic: `\${MailOutcomesTopic.arn}`,
      protocol: "sqs",
      endpoint: `\${MailEventsQueue.arn}`,
      rawMessageDelivery: true,
    });
  });

  it("is handled with only the permissions that are needed", () => {
    expect(sentences(functionNamed(graph, "MailFeedbackFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:PutItem on TableTable",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on MailEventsQueue",
      ]
    `);
  });
});

describe("the user pool", () => {
  it("offers an optional second factor by app, and none by text message", () => {
    expect(graph.resources["aws:cognito:UserPool"]?.UsersUserPool).toMatchObject({
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
    });
    expect(graph.resources["aws:cognito:UserPool"]?.UsersUserPool).not.toHaveProperty("smsConfiguration");
  });

  it("requires only an email address, which can be changed", () => {
    expect(graph.resources["aws:cognito:UserPool"]?.UsersUserPool?.schemas).toMatchObject([
      { name: "email", required: true, mutable: true },
    ]);
    for (const client of Object.values(graph.resources["aws:cognito:UserPoolClient"] ?? {})) {
      expect(client.writeAttributes).toEqual(["email"]);
    }
  });

  it("calls PostConfirmation, which may write to the table, within Cognito's five seconds", () => {
    const pool = graph.resources["aws:cognito:UserPool"]?.UsersUserPool;
    const fn = functionNamed(graph, "PostConfirmationFunction");
    expect(pool?.lambdaConfig).toMatchObject({ postConfirmation: `\${PostConfirmationFunction.arn}` });
    expect(fn.invokedBy).toEqual([`cognito-idp.amazonaws.com \${UsersUserPool.arn}`]);
    expect(fn.timeout).toBe(5);
    expect(sentences(fn.policy)).toEqual([
      "dynamodb:ConditionCheckItem, dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:Query on TableTable",
      "cognito-idp:AdminSetUserPassword on UsersUserPool",
    ]);
  });

  it("calls version 2 of PreTokenGeneration, which may list the clients", () => {
    const pool = graph.resources["aws:cognito:UserPool"]?.UsersUserPool;
    expect(pool).toMatchObject({
      userPoolTier: "ESSENTIALS",
      lambdaConfig: {
        preTokenGenerationConfig: { lambdaArn: `\${PreTokenGenerationFunction.arn}`, lambdaVersion: "V2_0" },
      },
    });
    const fn = functionNamed(graph, "PreTokenGenerationFunction");
    expect(fn.timeout).toBe(5);
    expect(sentences(fn.policy)).toEqual(["cognito-idp:ListUserPoolClients on UsersUserPool"]);
  });

  it("calls CustomMessage, which needs no permission, in a pool that sends through SES", () => {
    const pool = graph.resources["aws:cognito:UserPool"]?.UsersUserPool;
    const fn = functionNamed(graph, "CustomMessageFunction");
    expect(pool).toMatchObject({
      emailConfiguration: { emailSendingAccount: "DEVELOPER" },
      lambdaConfig: { customMessage: `\${CustomMessageFunction.arn}` },
    });
    expect(fn.timeout).toBe(5);
    expect(sentences(fn.policy)).toEqual([]);
  });

  it("uses the email address as user name in any case, and has no password rule but the length", () => {
    expect(graph.resources["aws:cognito:UserPool"]?.UsersUserPool).toMatchObject({
      usernameAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      passwordPolicy: {
        minimumLength: passwordMinLength,
        requireLowercase: false,
        requireUppercase: false,
        requireNumbers: false,
        requireSymbols: false,
      },
    });
  });

  it("has clients without OAuth that hide whether an account exists, with short-lived access tokens", () => {
    const clients = Object.values(graph.resources["aws:cognito:UserPoolClient"] ?? {});
    for (const client of clients) {
      expect(client).toMatchObject({
        allowedOauthFlowsUserPoolClient: false,
        explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        preventUserExistenceErrors: "ENABLED",
        enableTokenRevocation: true,
        tokenValidityUnits: { accessToken: "minutes" },
      });
      expect(client.accessTokenValidity).toBeLessThanOrEqual(15);
      expect(client).not.toHaveProperty("callbackUrls");
    }
  });

  it("rotates the refresh tokens of browsers, and requires a secret from all clients but the one for scripts", () => {
    const { WebClient, ServerClient, ScriptsClient } = graph.resources["aws:cognito:UserPoolClient"] ?? {};
    expect(WebClient).toMatchObject({
      generateSecret: true,
      refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 60 },
    });
    expect(ServerClient).toMatchObject({ generateSecret: true, accessTokenValidity: 5 });
    expect(ScriptsClient).toMatchObject({ generateSecret: false });
    for (const client of [ServerClient, ScriptsClient]) expect(client).not.toHaveProperty("refreshTokenRotation");
  });
});
