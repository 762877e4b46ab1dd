import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import type { Principals } from "../service-types.ts";
import { callerOf } from "../test-cloud.ts";
import { authenticate, type SignedRequest } from "./sigv4.ts";
import { signerOf } from "./test-signer.ts";

const ana = callerOf("ana");
const principals: Principals = new Map([ana.entry]);
const scope = { region: "eu-west-1", service: "dynamodb" };
const now = Date.parse("2026-11-21T12:00:00Z");
const minutes = (count: number) => new Date(now + count * 60_000);
const body = '{"TableName":"todo"}';

interface Shape {
  readonly service?: string;
  readonly region?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly signingDate?: Date;
  readonly credentials?: typeof ana.credentials;
}

const parts = (shape: Shape) => ({
  method: "POST",
  protocol: "http:",
  hostname: "127.0.0.1",
  path: shape.path ?? "/",
  query: shape.query ?? {},
  headers: { host: "127.0.0.1:4000", ...shape.headers },
  body,
});

const queryText = (query: Record<string, string | string[] | null | undefined>) =>
  Object.entries(query)
    .flatMap(([name, value]) =>
      [value ?? ""].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
    )
    .join("&");

/** Returns a request that the AWS SDK's signer has signed. */
async function signed(shape: Shape = {}): Promise<SignedRequest> {
  const signer = signerOf(shape.credentials ?? ana.credentials, shape.service ?? "dynamodb", shape.region);
  const { method, path, query, headers } = await signer.sign(parts(shape), {
    signingDate: shape.signingDate ?? minutes(0),
  });
  return { method, path, query: queryText(query ?? {}), headers: lowerCase(headers), body: Buffer.from(body) };
}

const lowerCase = (headers: Record<string, string>): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const check = (request: SignedRequest, expected = scope) => authenticate(request, principals, expected, now);
const reasonOf = (request: SignedRequest, expected = scope) => {
  const result = check(request, expected);
  return result.ok ? "accepted" : result.rejection.reason;
};

describe("authenticate: a signed header", () => {
  it("identifies the principal who signed a request with the AWS SDK's signer", async () => {
    expect(check(await signed())).toEqual({ ok: true, principal: ana.principal, presigned: false });
  });

  it("accepts the example signature of AWS's documentation", () => {
    const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const request: SignedRequest = {
      method: "GET",
      path: "/",
      query: "Action=ListUsers&Version=2010-05-08",
      headers: {
        host: "iam.amazonaws.com",
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-amz-date": "20150830T123600Z",
        authorization:
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
      },
      body: Buffer.alloc(0),
    };
    const known: Principals = new Map([["AKIDEXAMPLE", { ...ana.principal, secretAccessKey }]]);
    const iam = { region: "us-east-1", service: "iam" };
    expect(authenticate(request, known, iam, Date.parse("2015-08-30T12:36:00Z")).ok).toBe(true);
  });

  it.each<Shape>([
    { query: { b: "2", a: ["z", "a"], empty: "", "sp ace": "ä+/=&" } },
    { path: "/v2/email/a%20b/~x" },
    { headers: { "x-amz-meta-note": "  two   spaces ", "x-amz-security-token": "local" } },
    { service: "s3", path: "/bucket/a%20folder/k%C3%A4se%2B1.txt" },
  ])("accepts the signer's signature of %j", async (shape) => {
    expect(reasonOf(await signed(shape), { region: "eu-west-1", service: shape.service ?? "dynamodb" })).toBe(
      "accepted",
    );
  });

  it.each<[string, (request: SignedRequest) => SignedRequest]>([
    ["body", (request) => ({ ...request, body: Buffer.from('{"TableName":"other"}') })],
    ["path", (request) => ({ ...request, path: "/other" })],
    ["query", (request) => ({ ...request, query: "x=1" })],
    ["method", (request) => ({ ...request, method: "GET" })],
    ["signed header", (request) => ({ ...request, headers: { ...request.headers, host: "elsewhere" } })],
  ])("refuses another %s than was signed", async (_, tamper) => {
    expect(reasonOf(tamper(await signed()))).toBe("mismatch");
  });

  it("refuses a wrong secret, an unknown key, a missing signature and another authorization scheme", async () => {
    const wrong = await signed({ credentials: { ...ana.credentials, secretAccessKey: "guessed" } });
    const unknown = await signed({ credentials: { ...ana.credentials, accessKeyId: "AKIANOBODY" } });
    expect(reasonOf(wrong)).toBe("mismatch");
    expect(reasonOf(unknown)).toBe("unknown-key");
    expect(reasonOf({ ...wrong, headers: {} })).toBe("missing");
    expect(reasonOf({ ...wrong, headers: { authorization: "Bearer token" } })).toBe("malformed");
  });

  it("refuses a credential scope of another service or region", async () => {
    expect(reasonOf(await signed({ service: "sqs" }))).toBe("scope");
    expect(reasonOf(await signed({ region: "us-east-1" }))).toBe("scope");
  });

  it.each([
    [-16, "skewed"],
    [-14, "accepted"],
    [14, "accepted"],
    [16, "skewed"],
  ])("checks the time of a request signed %d minutes from now: %s", async (offset, outcome) => {
    expect(reasonOf(await signed({ signingDate: minutes(offset) }))).toBe(outcome);
  });
});

describe("authenticate: a presigned request", () => {
  const s3 = { region: "eu-west-1", service: "s3" };

  async function presigned(signingDate: Date, expiresIn = 3600): Promise<SignedRequest> {
    const headers = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    const request = { ...parts({ path: "/media/a%20b.png", headers }), method: "GET", body: undefined };
    const result = await signerOf(ana.credentials, "s3").presign(request, { signingDate, expiresIn });
    const { method, path, query = {} } = result;
    return { method, path, query: queryText(query), headers: { host: "127.0.0.1:4000" }, body: Buffer.alloc(0) };
  }

  it("is accepted until it expires", async () => {
    expect(check(await presigned(minutes(-59)), s3)).toMatchObject({ ok: true, presigned: true });
    expect(reasonOf(await presigned(minutes(-61)), s3)).toBe("expired");
    expect(reasonOf(await presigned(minutes(16)), s3)).toBe("skewed");
  });

  it("is refused for another object or a longer validity than was signed", async () => {
    const request = await presigned(minutes(0), 60);
    expect(reasonOf({ ...request, path: "/media/other.png" }, s3)).toBe("mismatch");
    expect(reasonOf({ ...request, query: request.query.replace("Expires=60", "Expires=6000") }, s3)).toBe("mismatch");
    expect(reasonOf({ ...request, query: request.query.replace("Expires=60", "Expires=700000") }, s3)).toBe(
      "malformed",
    );
  });
});

describe("authenticate: S3 payloads", () => {
  const s3 = { region: "eu-west-1", service: "s3" };

  it("are refused if they do not match their declared hash", async () => {
    const request = await signed({ service: "s3" });
    expect(request.headers["x-amz-content-sha256"]).toMatch(/^[0-9a-f]{64}$/);
    expect(reasonOf(request, s3)).toBe("accepted");
    expect(reasonOf({ ...request, body: Buffer.from("tampered") }, s3)).toBe("payload");
  });

  it("can be unsigned if the header declares it", async () => {
    const request = await signed({ service: "s3", headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } });
    expect(reasonOf({ ...request, body: Buffer.from("anything") }, s3)).toBe("accepted");
  });
});
