import type { Graph } from "@daybook/local/graph/graph";
import { normalise } from "@daybook/local/graph/normalise";
import type { RawGraph } from "@daybook/local/graph/raw";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/command.ts";
import { needsOfAStage } from "../../scripts/preflight/needs.ts";
import { differences } from "./differences.ts";
import { readGraph, synthesiseDev, synthesiseStages } from "./stages.ts";

let production: RawGraph;
let preview: RawGraph;
beforeAll(async () => {
  [production, preview] = await synthesiseStages("production", "pr-1");
});
const both = () => [production, preview];

const ofType = (graph: RawGraph, type: string) => graph.resources.filter((resource) => resource.type === type);

/** Returns a stage's graph without the stage's name and without hashes of it. */
const comparable = ({ stage: _, ...rest }: Graph) => {
  const text = JSON.stringify(rest);
  const namespaces = [...text.matchAll(/"namespace":"([0-9a-f]{4})"/g)].map(([, hash = ""]) => hash);
  const hashes = new RegExp(
    `\\b(${namespaces.join("|")})\\b|(?<=Subscriber)[A-Z][a-z]{5}(?=Function|EventSourceMapping)`,
    "g",
  );
  return JSON.parse(text.replaceAll(hashes, "…"));
};

describe("every stage", () => {
  it("has at most the number of roles and policies that preflight compares with quotas", async () => {
    const [local] = await synthesiseStages("local");
    const { roles, cachePolicies, responseHeadersPolicies } = needsOfAStage(root);
    const count = (graph: RawGraph, type: string) => ofType(graph, type).length;
    expect({
      roles: count(local, "aws:iam/role:Role"),
      cachePolicies: count(local, "aws:cloudfront/cachePolicy:CachePolicy"),
      responseHeadersPolicies: count(local, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"),
    }).toEqual({ roles, cachePolicies, responseHeadersPolicies });
    for (const graph of both()) expect(count(graph, "aws:iam/role:Role")).toBeLessThanOrEqual(roles);
  });

  it("gives each function its own role", () => {
    for (const graph of both()) {
      const roles = ofType(graph, "aws:lambda/function:Function").map(({ inputs }) => inputs.role);
      expect(new Set(roles).size).toBe(roles.length);
    }
  });
});

describe("a preview", () => {
  it("equals the local stage, except that it has no email sender", async () => {
    expect(differences(comparable(await readGraph()), comparable(normalise(preview)))).toMatchInlineSnapshot(`
      [
        "functions CustomMessageFunction: something → nothing",
        "functions MailCommentsFunction: something → nothing",
        "functions MailFeedbackFunction: something → nothing",
        "functions MailNoticesFunction: something → nothing",
        "functions WelcomeEmailFunction: something → nothing",
        "resources aws:cloudfront:Distribution RouterCdnDistribution comment: "daybook local" → "daybook pr-1"",
        "resources aws:cognito:UserPool UsersUserPool emailConfiguration configurationSet: "\${EmailConfig.id}" → nothing",
        "resources aws:cognito:UserPool UsersUserPool emailConfiguration emailSendingAccount: "DEVELOPER" → "COGNITO_DEFAULT"",
        "resources aws:cognito:UserPool UsersUserPool emailConfiguration fromEmailAddress: "Daybook <hello@daybook.example>" → nothing",
        "resources aws:cognito:UserPool UsersUserPool emailConfiguration sourceArn: "\${EmailIdentity.arn}" → nothing",
        "resources aws:cognito:UserPool UsersUserPool lambdaConfig customMessage: "\${CustomMessageFunction.arn}" → nothing",
        "resources aws:kms:Key: something → nothing",
        "resources aws:lambda:EventSourceMapping CommentMailJobsSubscriber…EventSourceMapping: something → nothing",
        "resources aws:lambda:EventSourceMapping MailEventsSubscriber…EventSourceMapping: something → nothing",
        "resources aws:lambda:EventSourceMapping NoticeJobsSubscriber…EventSourceMapping: something → nothing",
        "resources aws:lambda:EventSourceMapping TableSubscriberWelcomeEmailEventSourceMapping: something → nothing",
        "resources aws:sesv2:ConfigurationSet: something → nothing",
        "resources aws:sesv2:ConfigurationSetEventDestination: something → nothing",
        "resources aws:sesv2:EmailIdentity: something → nothing",
        "resources aws:sns:Topic MailOutcomesTopic: something → nothing",
        "resources aws:sns:TopicPolicy MailOutcomesPolicy: something → nothing",
        "resources aws:sns:TopicSubscription EventsSubscriberCommentMailJobsSubscription: something → nothing",
        "resources aws:sns:TopicSubscription EventsSubscriberNoticeJobsSubscription: something → nothing",
        "resources aws:sns:TopicSubscription MailOutcomesSubscriberMailEventsSubscription: something → nothing",
        "resources aws:sqs:Queue CommentMailDlqQueue: something → nothing",
        "resources aws:sqs:Queue CommentMailJobsQueue: something → nothing",
        "resources aws:sqs:Queue MailEventsDlqQueue: something → nothing",
        "resources aws:sqs:Queue MailEventsQueue: something → nothing",
        "resources aws:sqs:Queue NoticeDlqQueue: something → nothing",
        "resources aws:sqs:Queue NoticeJobsQueue: something → nothing",
        "resources aws:sqs:Queue WelcomeEmailDlqQueue: something → nothing",
        "resources aws:sqs:QueuePolicy EventsSubscriberCommentMailJobsPolicy: something → nothing",
        "resources aws:sqs:QueuePolicy EventsSubscriberNoticeJobsPolicy: something → nothing",
        "resources aws:sqs:QueuePolicy MailOutcomesSubscriberMailEventsPolicy: something → nothing",
      ]
    `);
  });
});

describe("`sst dev`", () => {
  it("accepts requests from the local page, whose server forwards them to the API", async () => {
    const { functions, resources } = normalise(await synthesiseDev("dev"));
    expect(functions.CreateSessionFunction?.links?.Origin).toMatchObject({ url: "http://localhost:3000" });
    expect(functions.CreateSessionFunction?.description).toMatch(/\(live\)$/);
    expect(resources["aws:cloudwatch:MetricAlarm"]).toBeUndefined();
  });
});

describe("production", () => {
  it("differs from a preview only in these settings", () => {
    expect(differences(comparable(normalise(preview)), comparable(normalise(production)))).toMatchInlineSnapshot(`
      [
        "resources aws:apigatewayv2:Authorizer ApiAuthorizerUsersAuthorizer jwtConfiguration audiences: ["\${WebClient.id}","\${ScriptsClient.id}"] → ["\${WebClient.id}"]",
        "resources aws:cloudfront:Distribution RouterCdnDistribution comment: "daybook pr-1" → "daybook production"",
        "resources aws:cognito:IdentityPool IdentityPool cognitoIdentityProviders: [{"clientId":"\${WebClient.id}","providerName":"cognito-idp.eu-west-1.amazonaws.com/\${UsersUserPool.id}","serverSideTokenCheck":true},{"clientId":"\${ScriptsClient.id}","providerName":"cognito-idp.eu-west-1.amazonaws.com/\${UsersUserPool.id}","serverSideTokenCheck":true}] → [{"clientId":"\${WebClient.id}","providerName":"cognito-idp.eu-west-1.amazonaws.com/\${UsersUserPool.id}","serverSideTokenCheck":true}]",
        "resources aws:cognito:UserPool UsersUserPool deletionProtection: "INACTIVE" → "ACTIVE"",
        "resources aws:cognito:UserPoolClient ScriptsClient: something → nothing",
        "resources aws:dynamodb:Table TableTable deletionProtectionEnabled: false → true",
        "resources aws:dynamodb:Table TableTable pointInTimeRecovery enabled: false → true",
        "resources aws:sns:Topic AlarmsTopic: nothing → something",
        "resources aws:sns:TopicPolicy AlarmsPolicy: nothing → something",
        "resources aws:cloudwatch:Dashboard: nothing → something",
        "resources aws:cloudwatch:MetricAlarm: nothing → something",
        "resources aws:kms:Key: nothing → something",
      ]
    `);
  });
});
