import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect } from "../scripts/preflight/account.ts";
import type { Policy } from "../scripts/preflight/check.ts";
import { checkAccount } from "../scripts/preflight/checks.ts";
import type { Finding } from "../scripts/preflight/finding.ts";
import { checkMachine } from "../scripts/preflight/machine.ts";
import { needsOfAStage } from "../scripts/preflight/needs.ts";
import {
  callerIs,
  createdBy,
  distributions,
  listOf,
  mailAccount,
  nameServers,
  quotaOf,
  refused,
  roles,
  wellKept,
  zone,
  zones,
} from "./recorded-account.ts";

const root = path.resolve(import.meta.dirname, "..");

let recorded = { ...wellKept };
let server: http.Server;

/** Returns the key of a request in `recorded`. */
function keyOf(request: http.IncomingMessage, body: string): string {
  const [, action] = /Action=(\w+)/.exec(body) ?? [];
  if (action !== undefined) return action;
  if (String(request.headers["x-amz-target"]).endsWith(".ListServiceQuotas")) return "ListServiceQuotas";
  const [code] = /L-[0-9A-F]{8}/.exec(body) ?? [];
  return code ?? `${request.method} ${request.url}`;
}

beforeEach(async () => {
  recorded = { ...wellKept };
  server = http.createServer(async (request, response) => {
    const answer = recorded[keyOf(request, await text(request))] ?? refused(404, "NotFoundException");
    response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // `address()` returns an `AddressInfo` for a TCP server.
  const { port } = server.address() as AddressInfo;
  const environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
});

const policy: Policy = {
  region: "eu-west-1",
  production: true,
  sender: "hello@todo.example.com",
  verifiedSender: "hello@todo.example.com",
  domain: "todo.example.com",
  alarmAddress: "ops@example.com",
  needs: { background: 18, cachePolicies: 2, responseHeadersPolicies: 1, roles: 70 },
};

/** The answer of DNS for the name servers of a zone. */
let delegated: () => Promise<string[]>;
beforeEach(() => {
  delegated = async () => nameServers.map((name) => name.toUpperCase());
});

async function findings(change: Partial<Policy> = {}, stage = "production"): Promise<Record<string, Finding>> {
  const account = connect("eu-west-1", () => delegated());
  const all = await checkAccount(account, stage, { ...policy, ...change });
  return Object.fromEntries(all.map((finding) => [finding.what, finding]));
}

describe("the account checks", () => {
  it("find no problem in a correct account, and report the identity and region", async () => {
    const all = await findings();
    expect(Object.values(all).filter(({ state }) => state !== "ok")).toEqual([]);
    expect(all.credentials?.found).toBe("account 111122223333, as assumed-role/Deployer/ada");
    expect(all.region?.found).toContain("eu-west-1");
    expect(all.domain?.found).toBe("todo.example.com, in the hosted zone example.com");
  });

  it("block production in the SES sandbox with a verified sender, because no one else could sign up", async () => {
    recorded["GET /v2/email/account"] = mailAccount(false);
    const { SES } = await findings();
    expect(SES).toMatchObject({ state: "to do", found: "in the sandbox, 200 emails per day", blocks: true });
    expect(SES?.advice).toContain("aws sesv2 put-account-details --region eu-west-1");
    expect((await findings({ production: false })).SES).toMatchObject({ state: "to do", blocks: false });
    expect((await findings({ verifiedSender: undefined })).SES).toMatchObject({ state: "to do", blocks: false });
  });

  it("block a sender that another stage or a person has created, unless it is shared", async () => {
    for (const stage of ["ada", undefined]) {
      recorded["GET /v2/email/identities/hello%40todo.example.com"] = createdBy(stage);
      const { sender } = await findings();
      expect(sender).toMatchObject({ state: "to do", blocks: true });
      expect(sender?.advice).toContain("senderShared: true");
      expect((await findings({ senderShared: true })).sender).toMatchObject({ state: "ok" });
    }
  });

  it("block a shared sender that does not exist", async () => {
    delete recorded["GET /v2/email/identities/hello%40todo.example.com"];
    const { sender } = await findings({ senderShared: true, verifiedSender: undefined });
    expect(sender).toMatchObject({ state: "to do", blocks: true });
  });

  it("block a deployment whose sender is not verified, because creating the user pool would fail", async () => {
    delete recorded["GET /v2/email/identities/hello%40todo.example.com"];
    expect((await findings()).sender).toMatchObject({ state: "to do", blocks: true });
    expect((await findings({ verifiedSender: undefined })).sender).toMatchObject({ state: "to do", blocks: false });
  });

  it("accept a sender whose domain is verified", async () => {
    delete recorded["GET /v2/email/identities/hello%40todo.example.com"];
    recorded["GET /v2/email/identities/todo.example.com"] = createdBy("production");
    expect((await findings()).sender).toMatchObject({ state: "ok" });
    expect((await findings({ senderDomain: "todo.example.com" })).sender).toMatchObject({ state: "ok" });
  });

  it("report the limit of Cognito's own email if there is no sender", async () => {
    const { sender } = await findings({ sender: undefined, verifiedSender: undefined });
    expect(sender).toMatchObject({ state: "to do", advice: expect.stringContaining("50 codes per day") });
  });

  it("report the concurrency that queues and streams use, with the command that requests more", async () => {
    recorded["L-B99A9384"] = quotaOf(10);
    const { "Lambda concurrency": concurrency } = await findings();
    expect(concurrency).toMatchObject({ state: "to do", found: "10" });
    expect(concurrency?.advice).toContain("Queues and streams use up to 18,");
    expect(concurrency?.advice).toContain(
      "request-service-quota-increase --region eu-west-1 --service-code lambda --quota-code L-B99A9384",
    );
  });

  it("block production whose queues and streams alone can use all of the concurrency", async () => {
    const blocked = async (value: number, production: boolean) => {
      recorded["L-B99A9384"] = quotaOf(value);
      return (await findings({ production }))["Lambda concurrency"];
    };
    expect(await blocked(10, true)).toMatchObject({ state: "to do", blocks: true });
    expect(await blocked(50, true)).toMatchObject({ state: "to do", blocks: false });
    expect(await blocked(10, false)).toMatchObject({ state: "to do", blocks: false });
  });

  it.each([
    ["CloudFront cache policies", "GET /2020-05-31/cache-policy?MaxItems=100&Type=custom", "CachePolicyList", 19],
    [
      "CloudFront headers policies",
      "GET /2020-05-31/response-headers-policy?MaxItems=100&Type=custom",
      "ResponseHeadersPolicyList",
      20,
    ],
    ["IAM roles", "GetAccountSummary", undefined, 931],
  ])("block a new stage for which the account has too few %s, and no deployed one", async (what, key, kind, used) => {
    const full = (count: number) => (kind === undefined ? roles(count) : listOf(kind, count));
    recorded[key] = full(used - 1);
    expect((await findings())[what]).toMatchObject({ state: "ok" });
    recorded[key] = full(used);
    expect((await findings())[what]).toMatchObject({ state: "to do", blocks: true });
    expect((await findings())[what]?.advice).toContain("--region us-east-1");
    recorded["GET /2020-05-31/distribution"] = distributions("daybook ada", "daybook production");
    expect((await findings())[what]).toMatchObject({ state: "ok" });
  });

  it("report that AWS may have to verify an account without a distribution", async () => {
    recorded["GET /2020-05-31/distribution"] = distributions();
    expect((await findings()).CloudFront).toMatchObject({ state: "to do", blocks: false });
  });

  it("block a domain or a sender's domain without a public hosted zone", async () => {
    const only = zones(zone("example.com", "Z000", true));
    recorded["GET /2013-04-01/hostedzonesbyname?dnsname=example.com"] = only;
    const all = await findings({ senderDomain: "example.com" });
    for (const what of ["domain", "sender's domain"]) {
      expect(all[what]).toMatchObject({ state: "to do", blocks: true });
      expect(all[what]?.advice).toContain("aws route53 create-hosted-zone --name ");
    }
  });

  it.each([
    ["has none", async () => Promise.reject(Object.assign(new Error("queryNs ENOTFOUND"), { code: "ENOTFOUND" }))],
    ["has those of a registrar", async () => ["ns1.registrar.example"]],
  ])("block a domain whose zone is not delegated: DNS %s", async (_, answer) => {
    delegated = answer;
    const { domain } = await findings();
    expect(domain).toMatchObject({ state: "to do", blocks: true });
    expect(domain?.advice).toContain("ns-1.awsdns-01.org, ns-2.awsdns-02.net");
  });

  it("do not block when DNS cannot be asked", async () => {
    delegated = async () => Promise.reject(Object.assign(new Error("queryNs ETIMEOUT"), { code: "ETIMEOUT" }));
    expect((await findings()).domain).toMatchObject({ state: "unknown" });
  });

  it("block a budget that notifies no one", async () => {
    const { alarms } = await findings({ alarmAddress: undefined, monthlyBudget: 40 });
    expect(alarms).toMatchObject({ state: "to do", blocks: true });
  });

  it("report checks without permission as unknown, and continue", async () => {
    recorded["GET /v2/email/account"] = refused(403, "AccessDeniedException");
    const all = await findings();
    expect(all.SES).toMatchObject({ state: "unknown", found: "no permission to check" });
    expect(all["IAM roles"]).toMatchObject({ state: "ok" });
  });

  it("advise against the root user", async () => {
    recorded.GetCallerIdentity = callerIs("arn:aws:iam::111122223333:root");
    expect((await findings()).credentials).toMatchObject({ state: "to do", blocks: false });
  });
});

it("adds up the concurrency of the event source mappings in the committed graph", () => {
  const graph = JSON.parse(readFileSync(path.join(root, "infra/graph.local.json"), "utf8"));
  const mappings = Object.values<{ eventSourceArn: string }>(graph.resources["aws:lambda:EventSourceMapping"]);
  const streams = mappings.filter(({ eventSourceArn }) => eventSourceArn.includes("streamArn")).length;
  expect(streams).toBe(2);
  expect(needsOfAStage(root).background).toBe(streams + 2 * (mappings.length - streams));
});

it("blocks a machine with another version of Node.js than package.json requires", () => {
  expect(checkMachine(root, process.versions.node).filter(({ state }) => state !== "ok")).toEqual([]);
  expect(checkMachine(root, "20.20.2")[0]).toMatchObject({ what: "Node", state: "to do", blocks: true });
});

describe("npm run preflight", () => {
  const preflight = async (env: Readonly<Record<string, string>>, ...args: string[]) => {
    const child = spawn(process.execPath, [path.join(root, "scripts/preflight.ts"), ...args], {
      env: { PATH: process.env.PATH ?? "", HOME: "/nowhere", NO_COLOR: "1", AWS_EC2_METADATA_DISABLED: "true", ...env },
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, output: output + errors };
  };

  it("fails without credentials, and names the checks that it could not run", async () => {
    const { code, output } = await preflight({});
    expect(output).toMatch(/✗ credentials +no valid credentials/);
    expect(output).toMatch(/\? SES +not checked/);
    expect(output).toMatch(/✓ SST/);
    expect(output).toContain("Not ready to deploy production");
    expect(code).toBe(1);
  });

  it("succeeds if nothing blocks the deployment", async () => {
    const { AWS_ENDPOINT_URL = "", AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = process.env;
    const env = { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
    const { code, output } = await preflight(env, "--stage", "preview");
    expect(output).toContain("Ready to deploy preview: npx sst deploy --stage preview");
    expect(code).toBe(0);
  });
});
