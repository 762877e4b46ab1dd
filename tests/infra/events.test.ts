import { passwordMinLength } from "@daybook/core/account/account";
import type { Graph } from "@daybook/local/graph/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { functionNamed, readGraph, sentences } from "./stages.ts";

let graph: Graph;
beforeAll(async () => {
  graph = await readGraph();
});

/** DynamoDB forgets a stream's records after this. */
const streamSeconds = 24 * 60 * 60;

describe("the welcome email", () => {
  const mapping = () => graph.resources["aws:lambda:EventSourceMapping"]?.TableSubscriberWelcomeEmailEventSourceMapping;

  it("is sent for new profiles of the table alone", () => {
    expect(mapping()).toMatchObject({
      eventSourceArn: `\${TableTable.streamArn}`,
      functionName: `\${WelcomeEmailFunction.arn}`,
      filterCriteria: {
        filters: [{ pattern: { eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["PROFILE"] } } } } }],
      },
    });
    expect(graph.resources["aws:dynamodb:Table"]?.TableTable).toMatchObject({ streamViewType: "NEW_AND_OLD_IMAGES" });
  });

  it("misses no record, and repeats a batch that fails within bounds", () => {
    expect(mapping()).toMatchObject({
      startingPosition: "TRIM_HORIZON",
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 5,
    });
    expect(mapping()?.maximumRecordAgeInSeconds).toBeLessThan(streamSeconds);
  });

  it("leaves what it could not process on an encrypted queue for two weeks", () => {
    expect(mapping()?.destinationConfig).toEqual({ onFailure: { destinationArn: `\${WelcomeEmailDlqQueue.arn}` } });
    expect(graph.resources["aws:sqs:Queue"]?.WelcomeEmailDlqQueue).toMatchObject({
      messageRetentionSeconds: 14 * 24 * 60 * 60,
      sqsManagedSseEnabled: true,
    });
  });

  it("may do what it needs, and nothing more", () => {
    expect(sentences(functionNamed(graph, "WelcomeEmailFunction").policy)).toMatchInlineSnapshot(`
      [
        "dynamodb:UpdateItem on TableTable",
        "ses:SendEmail on EmailIdentity, EmailConfig if {"StringEquals":{"ses:FromAddress":"hello@daybook.example"}}",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams on \${TableTable.streamArn}",
        "sqs:SendMessage on WelcomeEmailDlqQueue",
      ]
    `);
  });
});

describe("the user pool", () => {
  it("calls PostConfirmation, which may write to the table, within Cognito's five seconds", () => {
    const pool = graph.resources["aws:cognito:UserPool"]?.UsersUserPool;
    const fn = functionNamed(graph, "PostConfirmationFunction");
    expect(pool?.lambdaConfig).toEqual({ postConfirmation: `\${PostConfirmationFunction.arn}` });
    expect(fn.invokedBy).toEqual([`cognito-idp.amazonaws.com \${UsersUserPool.arn}`]);
    expect(fn.timeout).toBe(5);
    expect(sentences(fn.policy)).toEqual(["dynamodb:PutItem on TableTable"]);
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
        generateSecret: false,
        preventUserExistenceErrors: "ENABLED",
        enableTokenRevocation: true,
        accessTokenValidity: 15,
        refreshTokenValidity: 30,
        tokenValidityUnits: { accessToken: "minutes", refreshToken: "days" },
      });
      expect(client).not.toHaveProperty("callbackUrls");
    }
  });

  it("rotates the refresh tokens of browsers, and not those of scripts", () => {
    const { WebClient, ScriptsClient } = graph.resources["aws:cognito:UserPoolClient"] ?? {};
    expect(WebClient).toMatchObject({
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 60 },
    });
    expect(ScriptsClient?.explicitAuthFlows).toEqual(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    expect(ScriptsClient).not.toHaveProperty("refreshTokenRotation");
  });
});
