import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect } from "../scripts/preflight/account.ts";
import { backgroundConcurrency } from "../scripts/preflight/background.ts";
import { checkAccount, type Policy } from "../scripts/preflight/checks.ts";
import type { Finding } from "../scripts/preflight/finding.ts";
import { checkMachine } from "../scripts/preflight/machine.ts";

const root = path.resolve(import.meta.dirname, "..");

interface Recorded {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = (body: unknown): Recorded => ({ body: JSON.stringify(body) });
const refused = (status: number, name: string): Recorded => ({
  status,
  headers: { "x-amzn-errortype": name },
  body: JSON.stringify({ message: `${name}, says AWS.` }),
});
const callerIs = (arn: string): Recorded => ({
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROAEXAMPLE:ada</UserId><Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
});
const zones = (...names: string[]): Recorded => ({
  body: `<?xml version="1.0"?><ListHostedZonesByNameResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZones>${names
    .map(
      (name) =>
        `<HostedZone><Id>/hostedzone/Z111</Id><Name>${name}.</Name><CallerReference>a</CallerReference><Config><PrivateZone>false</PrivateZone></Config></HostedZone>`,
    )
    .join("")}</HostedZones><IsTruncated>false</IsTruncated><MaxItems>1</MaxItems></ListHostedZonesByNameResponse>`,
});
const mailAccount = (production: boolean) =>
  json({
    ProductionAccessEnabled: production,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: production ? 50_000 : 200 },
  });
const quotaOf = (value: number) => json({ Quota: { Value: value } });

/** The responses of an account without problems, by request: `GET /path` or the code of a quota. */
const wellKept: Readonly<Record<string, Recorded>> = {
  GetCallerIdentity: callerIs("arn:aws:sts::111122223333:assumed-role/Deployer/ada"),
  "GET /v2/email/account": mailAccount(true),
  "GET /v2/email/identities/hello%40todo.example.com": json({ VerifiedForSendingStatus: true }),
  "L-B99A9384": quotaOf(1000),
  "L-8A5B8E43": quotaOf(10_000),
  "L-FE177D64": quotaOf(1000),
  "GET /account": json({ throttleSettings: { burstLimit: 5000, rateLimit: 10_000 } }),
  "GET /2013-04-01/hostedzonesbyname?dnsname=example.com&maxitems=1": zones("example.com"),
  "GET /2013-04-01/hostedzonesbyname?dnsname=todo.example.com&maxitems=1": zones("xn--other.example"),
};

let recorded = { ...wellKept };
let server: http.Server;

/** Returns the key of a request in `recorded`. */
function keyOf(request: http.IncomingMessage, body: string): string {
  if (body.includes("Action=GetCallerIdentity")) return "GetCallerIdentity";
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
  background: 18,
};

async function findings(change: Partial<Policy> = {}): Promise<Record<string, Finding>> {
  const all = await checkAccount(connect("eu-west-1"), "production", { ...policy, ...change });
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

  it("report the SES sandbox", async () => {
    recorded["GET /v2/email/account"] = mailAccount(false);
    expect((await findings()).SES).toMatchObject({ state: "to do", found: "in the sandbox, 200 emails per day" });
  });

  it("block a deployment whose sender is not verified, because creating the user pool would fail", async () => {
    delete recorded["GET /v2/email/identities/hello%40todo.example.com"];
    expect((await findings()).sender).toMatchObject({ state: "to do", blocks: true });
    expect((await findings({ verifiedSender: undefined })).sender).toMatchObject({ state: "to do", blocks: false });
  });

  it("accept a sender whose domain is verified", async () => {
    delete recorded["GET /v2/email/identities/hello%40todo.example.com"];
    recorded["GET /v2/email/identities/todo.example.com"] = json({ VerifiedForSendingStatus: true });
    expect((await findings()).sender).toMatchObject({ state: "ok" });
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
      "request-service-quota-increase --service-code lambda --quota-code L-B99A9384",
    );
  });

  it("block a domain without a hosted zone", async () => {
    recorded["GET /2013-04-01/hostedzonesbyname?dnsname=example.com&maxitems=1"] = zones();
    expect((await findings()).domain).toMatchObject({ state: "to do", blocks: true });
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
  expect(backgroundConcurrency(root)).toBe(streams + 2 * (mappings.length - streams));
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
