import { passwordMinLength } from "@daybook/core/account/account.limits";
import { operations } from "@daybook/core/api";
import type { Graph } from "@daybook/local/graph/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { functionNamed, readGraph, sentences } from "./stages.ts";

let graph: Graph;
beforeAll(async () => {
  graph = await readGraph();
});

/** DynamoDB forgets a stream's records after this. */
const streamSeconds = 24 * 60 * 60;
const twoWeeks = 14 * 24 * 60 * 60;

const mappingOf = (name: string) => graph.resources["aws:lambda:EventSourceMapping"]?.[`${name}EventSourceMapping`];

describe.each([
  ["WelcomeEmail", 10],
  ["PublishEvents", 100],
])("%s, a consumer of the table's stream,", (name, batchSize) => {
  const mapping = () => mappingOf(`TableSubscriber${name}`);

  it("misses no record, and repeats a batch that fails within bounds", () => {
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

  it("is given the changes of a partition in their order: no other batch of its shard is under way", () => {
    expect(mapping()).toMatchObject({ parallelizationFactor: 1 });
    // A table with a local index keeps what has one partition key together, and so in one shard.
    expect(graph.resources["aws:dynamodb:Table"]?.TableTable?.localSecondaryIndexes).toHaveLength(1);
  });

  it("leaves what it could not process on an encrypted queue for two weeks", () => {
    expect(mapping()?.destinationConfig).toEqual({ onFailure: { destinationArn: `\${${name}DlqQueue.arn}` } });
    expect(graph.resources["aws:sqs:Queue"]?.[`${name}DlqQueue`]).toMatchObject({
      messageRetentionSeconds: twoWeeks,
      sqsManagedSseEnabled: true,
    });
  });
});

describe("the table's stream", () => {
  it("has two consumers and no more: a third would be throttled", () => {
    const mappings = Object.values(graph.resources["aws:lambda:EventSourceMapping"] ?? {});
    expect(mappings.filter(({ eventSourceArn }) => eventSourceArn === `\${TableTable.streamArn}`)).toHaveLength(2);
  });
});

describe("the welcome email", () => {
  it("is sent for new profiles of the table alone", () => {
    expect(mappingOf("TableSubscriberWelcomeEmail")?.filterCriteria).toEqual({
      filters: [{ pattern: { eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["PROFILE"] } } } } }],
    });
  });

  it("may do what it needs, and nothing more", () => {
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

describe("publishing events", () => {
  it("is asked for what can be an event, for todos to count, and not for its own counts", () => {
    const patterns = Object(mappingOf("TableSubscriberPublishEvents")?.filterCriteria).filters;
    // As many as Lambda takes.
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

  it("may do what it needs, and nothing more", () => {
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

  it("begins when no request is under way any more that could write to what is cleaned up", () => {
    for (const { id, path } of Object.values(operations)) {
      if (!/^\/v1\/(lists|posts|media)/.test(path)) continue;
      const { timeout } = functionNamed(graph, `${id.charAt(0).toUpperCase()}${id.slice(1)}Function`);
      expect(timeout, id).toBeLessThan(Number(queue()?.delaySeconds));
    }
  });

  it("takes one job at a time, and reports the one that fails", () => {
    const mappings = Object.values(graph.resources["aws:lambda:EventSourceMapping"] ?? {});
    expect(mappings.filter(({ eventSourceArn }) => eventSourceArn === `\${CleanUpJobsQueue.arn}`)).toEqual([
      expect.objectContaining({
        functionName: `\${CleanUpFunction.arn}`,
        batchSize: 1,
        functionResponseTypes: ["ReportBatchItemFailures"],
      }),
    ]);
  });

  it("is repeated three times, never while it is under way, and then kept on an encrypted queue", () => {
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

  it("may do what it needs, and nothing more", () => {
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

describe("what SES tells of its mail", () => {
  it("goes from bounces and complaints to a queue, as it was told", () => {
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

  it("is remembered, and nothing more", () => {
    expect(sentences(functionNamed(graph, "MailFeedbackFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:PutItem on TableTable",
        "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage on MailEventsQueue",
      ]
    `);
  });
});

describe("the user pool", () => {
  it("lets whoever wants to have a second factor, by an app and never by text message", () => {
    expect(graph.resources["aws:cognito:UserPool"]?.UsersUserPool).toMatchObject({
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
    });
    expect(graph.resources["aws:cognito:UserPool"]?.UsersUserPool).not.toHaveProperty("smsConfiguration");
  });

  it("knows an address of everybody, and nothing else that could not be changed later", () => {
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

  it("calls PreTokenGeneration, whose second version changes access tokens, and lets it read the names of the clients", () => {
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

  it("takes an address as the name, whatever its case, and a long password of any kind", () => {
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

  it("has clients without OAuth that reveal nobody's account, with short access tokens", () => {
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

  it("renews the tokens of browsers alone, by rotation; only the client for scripts does without a secret", () => {
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
