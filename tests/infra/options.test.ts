import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Graph } from "@daybook/local/graph/graph";
import { normalise } from "@daybook/local/graph/normalise";
import type { RawGraph } from "@daybook/local/graph/raw";
import { synthesise } from "@daybook/local/graph/synthesise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assumptions } from "../../bench/cost/month.ts";
import { root } from "../../scripts/lib/command.ts";
import { firstColumn } from "../operations-document.ts";
import { allOptions } from "./all-options.ts";
import * as access from "./checks.access.ts";
import * as alarms from "./checks.alarms.ts";
import * as events from "./checks.events.ts";
import { alarmsOf, type Check, metricsOf, ofType } from "./raw.ts";
import { synthesiseAgain } from "./stages.ts";

let folder: string;
let raw: RawGraph;
let graph: Graph;
beforeAll(async () => {
  // The project, but for what whoever deploys would write.
  folder = await mkdtemp(path.join(os.tmpdir(), "options-"));
  const own = new Set(["infra", ".git", ".build", "test-results"]);
  for (const entry of await readdir(root)) {
    if (!own.has(entry)) await symlink(path.join(root, entry), path.join(folder, entry));
  }
  await cp(path.join(root, "infra"), path.join(folder, "infra"), { recursive: true });
  await rm(path.join(folder, "sst.config.ts"));
  await writeFile(path.join(folder, "sst.config.ts"), await readFile(path.join(root, "sst.config.ts")));
  const program = `export const options = { production: ${JSON.stringify(allOptions)} };`;
  await writeFile(path.join(folder, "infra/options.ts"), program);
  const [made] = await synthesise({ root: folder, stages: ["production"], sites: ["packages/web"] });
  if (!made) throw new Error("There is no graph");
  raw = made;
  graph = normalise(made);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const resources = (type: string) => Object.values(graph.resources[type] ?? {});

describe("production with all options", () => {
  it("has a function at the edge well below CloudFront's limit of 10,240 bytes, its own domain's part included", () => {
    const [{ code } = {}] = resources("aws:cloudfront:Function");
    expect([code].flat().join("\n")).toContain("cloudfront.net");
    expect(Buffer.byteLength([code].flat().join("\n"))).toBeLessThanOrEqual(10_000);
  });

  it("sends the newer secret of the origin after one rotation, and accepts both", () => {
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

  it("changes no name at the next deployment, and nothing that refers to one", async () => {
    const again = await synthesiseAgain(raw, { folder });
    expect(again.suffix).not.toBe(raw.suffix);
    expect(JSON.stringify(again.resources)).not.toContain(again.suffix);
  });

  it("answers at its domain, by TLS with a certificate of its own", () => {
    expect(resources("aws:cloudfront:Distribution")).toMatchObject([
      { aliases: ["todo.example.com"], viewerCertificate: { sslSupportMethod: "sni-only" } },
    ]);
    expect(resources("aws:acm:Certificate")).toMatchObject([{ domainName: "todo.example.com" }]);
    expect(graph.functions.CreateTodoFunction?.links?.Origin).toMatchObject({ url: "https://todo.example.com" });
    expect(graph.resources["aws:s3:BucketCorsConfiguration"]?.UploadsCors).toMatchObject({
      corsRules: [{ allowedOrigins: ["https://todo.example.com"] }],
    });
  });

  it("has a firewall that blocks who asks too often, and counts what people may well write", () => {
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

  it("has a copy of the table, as well protected as the table", () => {
    expect(graph.resources["aws:dynamodb:Table"]?.TableTable?.replicas).toEqual([
      { regionName: "eu-central-1", pointInTimeRecovery: true, deletionProtectionEnabled: true },
    ]);
  });

  it("tells an address of alarms, and of what it costs", () => {
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

  it("has the alarms that docs/operations.md explains, and no other", () => {
    // More metrics than one alarm takes go to a second one: `BackgroundFailures1Alarm`.
    const names = alarmsOf(raw).map(({ name }) => name.replace(/\d*Alarm$/, ""));
    expect(firstColumn("Alarms").sort()).toEqual([...new Set(names)].sort());
  });

  it("has what docs/cost.md counts by the piece", () => {
    const sources = ofType(raw, "aws:lambda/eventSourceMapping:EventSourceMapping");
    expect({
      alarmMetrics: metricsOf(raw).length,
      keys: ofType(raw, "aws:kms/key:Key").length,
      polledQueues: sources.filter(({ inputs }) => String(inputs.eventSourceArn).includes(":sqs:")).length,
    }).toEqual({
      alarmMetrics: assumptions.alarmMetrics,
      keys: assumptions.keys,
      polledQueues: assumptions.polledQueues,
    });
  });

  it("sends mail of a domain that SES signs, also Cognito's, and hears of bounces and complaints", () => {
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
