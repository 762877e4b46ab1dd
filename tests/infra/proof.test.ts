import type { Properties, RawGraph, RawResource } from "@daybook/local/graph/raw";
import { beforeAll, describe, expect, it } from "vitest";
import * as access from "./checks.access.ts";
import * as alarms from "./checks.alarms.ts";
import * as api from "./checks.api.ts";
import * as events from "./checks.events.ts";
import { schedulesAreCarriedOut } from "./checks.schedules.ts";
import * as state from "./checks.state.ts";
import type { Check } from "./raw.ts";
import { synthesiseDev, synthesiseStages } from "./stages.ts";

const graphs: Record<string, RawGraph> = {};
beforeAll(async () => {
  const [deployed, dev] = await Promise.all([synthesiseStages("local", "production", "pr-1"), synthesiseDev("dev")]);
  for (const graph of [...deployed, dev]) graphs[graph.stage] = graph;
});
const graphOf = (stage: string): RawGraph => {
  const graph = graphs[stage];
  if (!graph) throw new Error(`There is no graph of ${stage}`);
  return graph;
};

const everywhere: Readonly<Record<string, Check>> = {
  ...api,
  ...access,
  functionsAreBounded: state.functionsAreBounded,
  edgeFunctionsAreSmall: state.edgeFunctionsAreSmall,
  schedulesAreCarriedOut,
};
const { redriveOf: _, ...ofEvents } = events;
const checksOf: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  production: { ...everywhere, ...ofEvents, ...alarms, dataAreKept: state.dataAreKept },
  "pr-1": { ...everywhere, ...ofEvents, nothingIsLeft: state.nothingIsLeft },
  local: { ...everywhere, ...ofEvents },
  dev: { ...everywhere, ...ofEvents, nothingIsLeft: state.nothingIsLeft },
};

describe.each(Object.entries(checksOf))("the stage %s", (stage, checks) => {
  it.each(Object.entries(checks))("%s", (_name, check) => {
    expect(check(graphOf(stage))).toEqual([]);
  });
});

/** Returns the graph with one resource changed or removed. */
function change(
  graph: RawGraph,
  name: string | RegExp,
  to: (resource: RawResource) => RawResource | undefined,
): RawGraph {
  const isMeant = (resource: RawResource) =>
    resource.custom && (typeof name === "string" ? resource.name === name : name.test(resource.name));
  const meant = graph.resources.filter(isMeant);
  if (meant.length === 0) throw new Error(`There is no ${name}`);
  return { ...graph, resources: graph.resources.flatMap((one) => (one === meant[0] ? (to(one) ?? []) : one)) };
}

const without = (name: string | RegExp) => (graph: RawGraph) => change(graph, name, () => undefined);
const withInputs = (name: string | RegExp, inputs: Properties) => (graph: RawGraph) =>
  change(graph, name, (one) => ({ ...one, inputs: { ...one.inputs, ...inputs } }));
/** Returns the graph with a text in a resource's inputs replaced. */
const rewritten = (name: string | RegExp, from: string | RegExp, to: string) => (graph: RawGraph) =>
  change(graph, name, (one) => {
    const before = JSON.stringify(one.inputs);
    const after = before.replace(from, to);
    if (before === after) throw new Error(`There is no ${from} in ${before}`);
    return { ...one, inputs: JSON.parse(after) };
  });
/** Returns the graph with a copy of a resource that nothing else refers to. */
const another = (name: string) => (graph: RawGraph) => {
  const copy = (text: string) => text.replaceAll(name, `${name}New`);
  const resource = graph.resources.find((one) => one.custom && one.name === name);
  if (!resource) throw new Error(`There is no ${name}`);
  const made = { ...resource, outputs: { ...resource.outputs, name: "new", arn: "arn:new" } };
  return { ...graph, resources: [...graph.resources, { ...made, name: copy(name), urn: copy(resource.urn) }] };
};

const stageOf = (check: Check) => (check === state.nothingIsLeft ? "pr-1" : "local");

/** Mutations of the graph, each with the check that must fail. */
const mutations: readonly (readonly [what: string, check: Check, mutate: (graph: RawGraph) => RawGraph])[] = [
  ["a route", api.operationsAreServed, without(/^ApiRoute.*$/)],
  ["a function of an operation", api.operationsAreServed, without("CreateTodoFunction")],
  ["the role of an operation", api.operationsAreServed, without("CreateTodoRole")],
  ["an authorizer", api.privateOperationsAskForTokens, without("ApiAuthorizerUsersAuthorizer")],
  [
    "the issuer of tokens",
    api.privateOperationsAskForTokens,
    rewritten(/UsersAuthorizer/, /userpool|eu-west-1_/i, "x"),
  ],
  ["a scope", api.privateOperationsAskForTokens, rewritten(/^ApiRoute.*Route$/, "daybook/api", "openid")],
  [
    "the wait of a stage for its routes",
    api.routesAreMadeInOrder,
    (graph) =>
      change(graph, "ApiStage", (one) => ({
        ...one,
        dependencies: one.dependencies.filter((urn) => !urn.includes("SignUp")),
      })),
  ],
  [
    "the wait of a route for its authorizer",
    api.routesAreMadeInOrder,
    (graph) =>
      change(graph, "ApiRouteGetMeRoute", (one) => ({
        ...one,
        dependencies: one.dependencies.filter((urn) => !urn.includes("Authorizer")),
      })),
  ],
  ["the limit of a route", api.requestsAreLimitedAndLogged, withInputs("ApiStage", { routeSettings: [] })],
  ["the limit of a stage", api.requestsAreLimitedAndLogged, withInputs("ApiStage", { defaultRouteSettings: {} })],
  ["the principal of the access log", api.requestsAreLimitedAndLogged, rewritten("ApiStage", "claims.sub", "claims")],
  ["one resource for all", access.nothingIsAllowedAtLarge, rewritten("CreateTodoRole", /arn:aws:dynamodb[^"\\]*/, "*")],
  ["one action for all", access.nothingIsAllowedAtLarge, rewritten("CreateTodoRole", "dynamodb:PutItem", "dynamodb:*")],
  ["the source of a permission", access.nothingIsAllowedAtLarge, withInputs(/Permission/, { sourceArn: null })],
  [
    "the trust of a role",
    access.rolesAreNobodyElses,
    rewritten("GetMeRole", "lambda.amazonaws.com", "ec2.amazonaws.com"),
  ],
  ["the audience of a role", access.rolesAreNobodyElses, rewritten("IdentityPoolRole", ":aud", ":sub")],
  [
    "the trust of a schedule's role",
    access.rolesAreNobodyElses,
    rewritten("RemoveOrphansScheduleRole", "scheduler.amazonaws.com", "events.amazonaws.com"),
  ],
  ["no guests", access.rolesAreNobodyElses, withInputs("IdentityPool", { allowUnauthenticatedIdentities: true })],
  ["one's own name", access.peopleReachTheirOwn, rewritten("IdentityPoolRole", /private\/[^/]*/, "private")],
  ["TLS of a bucket", access.bucketsAreClosed, rewritten("UploadsPolicy", "SecureTransport", "ViaAWSService")],
  ["the block of public access", access.bucketsAreClosed, without("MediaPublicAccessBlock")],
  [
    "the distribution of a bucket",
    access.bucketsAreClosed,
    rewritten("MediaPolicy", "aws:SourceArn", "aws:SourceAccount"),
  ],
  [
    "the origin of a form",
    access.bucketsAreClosed,
    rewritten("UploadsCors", /"allowedOrigins":\["[^"]*"\]/, '"allowedOrigins":["*"]'),
  ],
  [
    "the signature of a function's URL",
    access.urlsAreClosed,
    withInputs(/^SiteServer.*Url$/, { authorizationType: "NONE" }),
  ],
  [
    "TLS of the distribution",
    access.urlsAreClosed,
    rewritten("RouterCdnDistribution", "redirect-to-https", "allow-all"),
  ],
  ["the function of a schedule", schedulesAreCarriedOut, without("RemoveOrphansFunction")],
  [
    "the permission of a schedule",
    schedulesAreCarriedOut,
    rewritten("RemoveOrphansScheduleRole", "lambda:InvokeFunction", "lambda:GetFunction"),
  ],
  [
    "the retries of a schedule",
    schedulesAreCarriedOut,
    rewritten("RemoveOrphansScheduleSchedule", '"maximumEventAgeInSeconds":3600,', ""),
  ],
  ["the dead-letter queue of a schedule", schedulesAreCarriedOut, without("RemoveOrphansDlqQueue")],
  [
    "the grant on a schedule's dead-letter queue",
    schedulesAreCarriedOut,
    rewritten("RemoveOrphansScheduleRole", "sqs:SendMessage", "sqs:GetQueueUrl"),
  ],
  ["a dead-letter queue", events.streamsAreConsumedWithinBounds, without("PublishEventsDlqQueue")],
  [
    "the destination of a stream",
    events.streamsAreConsumedWithinBounds,
    withInputs(/SubscriberPublishEvents/, { destinationConfig: null }),
  ],
  [
    "the retries of a stream",
    events.streamsAreConsumedWithinBounds,
    withInputs(/SubscriberPublishEvents/, { maximumRetryAttempts: null }),
  ],
  [
    "the age of records",
    events.streamsAreConsumedWithinBounds,
    withInputs(/SubscriberPublishEvents/, { maximumRecordAgeInSeconds: null }),
  ],
  [
    "partial failures of a stream",
    events.streamsAreConsumedWithinBounds,
    withInputs(/SubscriberPublishEvents/, { functionResponseTypes: [] }),
  ],
  [
    "the grant on a stream",
    events.streamsAreConsumedWithinBounds,
    rewritten("PublishEventsRole", "dynamodb:GetRecords", "dynamodb:GetItem"),
  ],
  [
    "the grant on a dead-letter queue",
    events.streamsAreConsumedWithinBounds,
    rewritten("WelcomeEmailRole", "sqs:SendMessage", "sqs:GetQueueUrl"),
  ],
  [
    "the concurrency of a queue",
    events.queuesAreConsumedWithinBounds,
    withInputs(/^UploadJobsSubscriber/, { scalingConfig: null }),
  ],
  [
    "the concurrency of a queue of SST's",
    events.queuesAreConsumedWithinBounds,
    withInputs(/^SiteRevalidationEventsSubscriber.*EventSourceMapping/, { scalingConfig: null }),
  ],
  [
    "partial failures of a queue",
    events.queuesAreConsumedWithinBounds,
    withInputs(/^MailEventsSubscriber/, { functionResponseTypes: [] }),
  ],
  [
    "the redrive of a queue",
    events.queuesAreConsumedWithinBounds,
    withInputs("CleanUpJobsQueue", { redrivePolicy: null }),
  ],
  [
    "the visibility timeout",
    events.queuesAreConsumedWithinBounds,
    withInputs("CleanUpJobsQueue", { visibilityTimeoutSeconds: 30 }),
  ],
  [
    "the grant on a queue",
    events.queuesAreConsumedWithinBounds,
    rewritten("CleanUpRole", "sqs:ReceiveMessage", "sqs:GetQueueUrl"),
  ],
  [
    "the filter of a subscription",
    events.subscribersAreHeard,
    withInputs("EventsSubscriberFileRemovalsSubscription", { filterPolicy: null }),
  ],
  [
    "the bare message",
    events.subscribersAreHeard,
    withInputs("EventsSubscriberFileRemovalsSubscription", { rawMessageDelivery: false }),
  ],
  ["the way to a queue", events.subscribersAreHeard, without("EventsSubscriberFileRemovalsPolicy")],
  [
    "who may send to a queue",
    events.subscribersAreHeard,
    rewritten("EventsSubscriberFileRemovalsPolicy", "aws:SourceArn", "aws:ViaAWSService"),
  ],
  ["encryption of a queue", events.messagesAreKept, withInputs("CleanUpDlqQueue", { sqsManagedSseEnabled: false })],
  ["two weeks of dead letters", events.messagesAreKept, withInputs("CleanUpDlqQueue", { messageRetentionSeconds: 60 })],
  ["encryption of a topic", events.messagesAreKept, withInputs("MailOutcomesTopic", { kmsMasterKeyId: null })],
  ["the policy of a topic", events.messagesAreKept, without("MailOutcomesPolicy")],
  ["encryption of the topic of events", events.messagesAreKept, withInputs("EventsTopic", { kmsMasterKeyId: null })],
  ["the retention of a log", state.functionsAreBounded, withInputs(/LogGroup$/, { retentionInDays: 0 })],
  [
    "JSON in a log",
    state.functionsAreBounded,
    rewritten("CreateTodoFunction", '"logFormat":"JSON"', '"logFormat":"Text"'),
  ],
  ["the timeout of a function", state.functionsAreBounded, withInputs("CreateTodoFunction", { timeout: null })],
  [
    "a large function at the edge",
    state.edgeFunctionsAreSmall,
    withInputs("RouterCloudfrontFunctionRequest", { code: "a".repeat(10_001) }),
  ],
  ["a table's protection", state.dataAreKept, withInputs("TableTable", { deletionProtectionEnabled: false })],
  ["a table's backups", state.dataAreKept, withInputs("TableTable", { pointInTimeRecovery: { enabled: false } })],
  ["the pool's protection", state.dataAreKept, withInputs("UsersUserPool", { deletionProtection: "INACTIVE" })],
  [
    "the retention of a bucket",
    state.dataAreKept,
    (graph) => change(graph, "UploadsBucket", (one) => ({ ...one, retainOnDelete: false })),
  ],
  ["removal of a preview", state.nothingIsLeft, withInputs("TableTable", { deletionProtectionEnabled: true })],
  ["an alarm on errors", alarms.everythingIsWatched, without("BackgroundFailuresAlarm")],
  ["an alarm on dead letters", alarms.everythingIsWatched, without("DeadLettersAlarm")],
  ["an alarm on the API", alarms.everythingIsWatched, without("ApiErrorsAlarm")],
  ["the alarm on a stream's age", alarms.everythingIsWatched, without("IteratorAgeAlarm")],
  ["an alarm on a new function", alarms.everythingIsWatched, another("CleanUpFunction")],
  ["an alarm on a new queue", alarms.everythingIsWatched, another("CleanUpDlqQueue")],
  ["the action of an alarm", alarms.alarmsAreHeard, withInputs("ApiErrorsAlarm", { alarmActions: [] })],
];

const ofProduction: readonly Check[] = [state.dataAreKept, alarms.everythingIsWatched, alarms.alarmsAreHeard];

describe("a mutation fails its check:", () => {
  it.each(mutations)("%s", (_what, check, mutate) => {
    const graph = graphOf(ofProduction.includes(check) ? "production" : stageOf(check));
    expect(check(graph)).toEqual([]);
    expect(check(mutate(graph))).not.toEqual([]);
  });

  it("every check has a mutation", () => {
    const tried = new Set(mutations.map(([, check]) => check));
    const all = Object.values(checksOf).flatMap((checks) => Object.entries(checks));
    expect(all.filter(([, check]) => !tried.has(check)).map(([name]) => name)).toEqual([]);
  });
});
