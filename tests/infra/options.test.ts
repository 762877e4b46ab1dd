import type { Graph } from "@daybook/local/graph/graph";
import { normalise } from "@daybook/local/graph/normalise";
import type { RawGraph } from "@daybook/local/graph/raw";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { assumptions } from "../../bench/cost/month.ts";
import { firstColumn } from "../operations-document.ts";
import { allOptions } from "./all-options.ts";
import * as access from "./checks.access.ts";
import * as alarms from "./checks.alarms.ts";
import * as events from "./checks.events.ts";
import { projectWith } from "./own-options.ts";
import { alarmsOf, block, type Check, metricsOf, ofType } from "./raw.ts";
import { synthesiseAgain } from "./stages.ts";

let project: Awaited<ReturnType<typeof projectWith>>;
let raw: RawGraph;
let graph: Graph;
beforeAll(async () => {
  project = await projectWith({ production: allOptions });
  raw = await project.synthesise("production");
  graph = normalise(raw);
});
afterAll(() => project.remove());

const resources = (type: string) => Object.values(graph.resources[type] ?? {});

describe("production with all options", () => {
  it("keeps the edge function well below CloudFront's limit of 10,240 bytes, with its own domain", () => {
    const [{ code } = {}] = resources("aws:cloudfront:Function");
    expect([code].flat().join("\n")).toContain("cloudfront.net");
    expect(Buffer.byteLength([code].flat().join("\n"))).toBeLessThanOrEqual(10_000);
  });

  it("sends the newer origin secret after one rotation, and accepts both", () => {
    const [distribution] = resources("aws:cloudfront:Distribution");
    expect(distribution?.origins).toContainEqual(
      expect.objectContaining({
        customHeaders: [{ name: "x-daybook-origin-secret", value: `\${OriginSecret1.result}` }],
      }),
    );
    expect(graph.functions.GetHealthFunction?.links?.OriginSecrets).toMatchObject({
      accepted: [`\${OriginSecret0.result}`, `\${OriginSecret1.result}`],
    });
  });

  const checks: Readonly<Record<string, Check>> = {
    nothingIsAllowedAtLarge: access.nothingIsAllowedAtLarge,
    messagesAreKept: events.messagesAreKept,
    queuesAreConsumedWithinBounds: events.queuesAreConsumedWithinBounds,
    streamsAreConsumedWithinBounds: events.streamsAreConsumedWithinBounds,
    ...alarms,
  };
  it.each(Object.entries(checks))("%s", (_name, check) => {
    expect(check(raw)).toEqual([]);
  });

  it("changes no resource names at the next deployment, and no references to them", async () => {
    const again = await synthesiseAgain(raw, { folder: project.folder });
    expect(again.suffix).not.toBe(raw.suffix);
    expect(JSON.stringify(again.resources)).not.toContain(again.suffix);
  });

  it("serves its domain with its own TLS certificate", () => {
    expect(resources("aws:cloudfront:Distribution")).toMatchObject([
      { aliases: ["todo.example.com"], viewerCertificate: { sslSupportMethod: "sni-only" } },
    ]);
    expect(resources("aws:acm:Certificate")).toMatchObject([{ domainName: "todo.example.com" }]);
    expect(graph.functions.CreateTodoFunction?.links?.Origin).toMatchObject({ url: "https://todo.example.com" });
    expect(graph.resources["aws:s3:BucketCorsConfiguration"]?.UploadsCors).toMatchObject({
      corsRules: [{ allowedOrigins: ["https://todo.example.com"] }],
    });
  });

  it("has a firewall that blocks addresses above the rate limit, and only counts rules that match normal text", () => {
    const [acl] = resources("aws:wafv2:WebAcl");
    expect(acl).toMatchObject({
      scope: "CLOUDFRONT",
      rules: [
        { action: { block: {} }, statement: { rateBasedStatement: { limit: 1000, aggregateKeyType: "IP" } } },
        { statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet" } } },
        { statement: { managedRuleGroupStatement: { name: "AWSManagedRulesKnownBadInputsRuleSet" } } },
      ],
    });
    expect(JSON.stringify(acl)).toContain('{"actionToUse":{"count":{}},"name":"CrossSiteScripting_BODY"}');
    expect(resources("aws:cloudfront:Distribution")[0]?.webAclId).toBeDefined();
  });

  it("has a table replica with the same protection as the table", () => {
    expect(graph.resources["aws:dynamodb:Table"]?.TableTable?.replicas).toEqual([
      { regionName: "eu-central-1", pointInTimeRecovery: true, deletionProtectionEnabled: true },
    ]);
  });

  it("sends alarms and budget notices to an email address", () => {
    expect(resources("aws:sns:TopicSubscription")).toContainEqual(
      expect.objectContaining({ protocol: "email", endpoint: "ops@example.com" }),
    );
    expect(resources("aws:budgets:Budget")).toMatchObject([
      {
        limitAmount: "40",
        limitUnit: "USD",
        timeUnit: "MONTHLY",
        notifications: [
          { threshold: 80, notificationType: "ACTUAL", subscriberEmailAddresses: ["ops@example.com"] },
          { threshold: 100, notificationType: "FORECASTED" },
        ],
      },
    ]);
  });

  it("has exactly the alarms that docs/operations.md explains", () => {
    // Metrics above the limit of one alarm go to a second one, such as `BackgroundFailures1Alarm`.
    const names = alarmsOf(raw).map(({ name }) => name.replace(/\d*Alarm$/, ""));
    expect(firstColumn("Alarms").sort()).toEqual([...new Set(names)].sort());
  });

  it("has the numbers of alarms, dashboards, keys and queues that docs/cost.md assumes", () => {
    const bodies = ofType(raw, "aws:cloudwatch/dashboard:Dashboard").map(({ inputs }) =>
      JSON.parse(String(inputs.dashboardBody)),
    );
    const Body = z.object({ widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.unknown()) }) })) });
    const large = bodies.filter((body) => {
      const metrics = Body.parse(body).widgets.flatMap(({ properties }) => properties.metrics);
      return new Set(metrics.map((metric) => JSON.stringify(metric))).size > 50;
    });
    const sources = ofType(raw, "aws:lambda/eventSourceMapping:EventSourceMapping");
    expect({
      alarmMetrics: metricsOf(raw).length,
      dashboards: large.length,
      keys: ofType(raw, "aws:kms/key:Key").length,
      polledQueues: sources.filter(({ inputs }) => String(inputs.eventSourceArn).includes(":sqs:")).length,
    }).toEqual({
      alarmMetrics: assumptions.alarmMetrics,
      dashboards: assumptions.dashboards,
      keys: assumptions.keys,
      polledQueues: assumptions.polledQueues,
    });
  });

  it("sends all email from a domain signed by SES, and receives bounces and complaints", () => {
    expect(resources("aws:sesv2:EmailIdentity")).toMatchObject([{ emailIdentity: "example.com" }]);
    expect(resources("aws:cognito:UserPool")[0]?.emailConfiguration).toMatchObject({
      emailSendingAccount: "DEVELOPER",
      fromEmailAddress: "Daybook <hello@example.com>",
    });
    expect(resources("aws:sesv2:ConfigurationSetEventDestination")).toMatchObject([
      { eventDestination: { enabled: true, matchingEventTypes: ["BOUNCE", "COMPLAINT"] } },
    ]);
    expect(resources("aws:sesv2:ConfigurationSet")).toMatchObject([
      {
        reputationOptions: { reputationMetricsEnabled: true },
        suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
        deliveryOptions: { tlsPolicy: "REQUIRE" },
      },
    ]);
  });
});

describe("a stage with a sender of another stage", () => {
  it("creates no sender, and reports the outcomes of its own mails", async () => {
    const shared = await projectWith({ production: { ...allOptions, senderShared: true } });
    try {
      const made = await shared.synthesise("production");
      const { resources: all, functions } = normalise(made);
      expect(all["aws:sesv2:EmailIdentity"]).toBeUndefined();
      const { configurationSet } = block(functions.MailNoticesFunction?.links?.Mail);
      expect(configurationSet).toEqual(expect.stringMatching(/./));
      expect(Object.values(all["aws:sesv2:ConfigurationSet"] ?? {})).toMatchObject([
        { reputationOptions: { reputationMetricsEnabled: true }, deliveryOptions: { tlsPolicy: "REQUIRE" } },
      ]);
      expect(Object.values(all["aws:sesv2:ConfigurationSetEventDestination"] ?? {})).toMatchObject([
        {
          configurationSetName: configurationSet,
          eventDestination: { enabled: true, matchingEventTypes: ["BOUNCE", "COMPLAINT"] },
        },
      ]);
      const sourceArn = expect.stringMatching(/^arn:aws:ses:eu-west-1:.*:identity\/example\.com$/);
      expect(Object.values(all["aws:cognito:UserPool"] ?? {})).toMatchObject([
        { emailConfiguration: { sourceArn, configurationSet } },
      ]);
      expect(alarms.everythingIsWatched(made)).toEqual([]);
    } finally {
      await shared.remove();
    }
  });
});

it("a budget without an address is refused", async () => {
  const { alarmAddress: _, ...options } = allOptions;
  const refused = await projectWith({ production: options });
  try {
    await expect(refused.synthesise("production")).rejects.toThrow("Set `alarmAddress`, too");
  } finally {
    await refused.remove();
  }
});
