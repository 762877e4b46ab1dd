import { signerOf } from "@daybook/local/iam/test-signer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterAll(() => cloud.remove());

const prefix = "AWS_ENDPOINT_URL_";

/** The names that services use in signatures, where they differ from those of their endpoints. */
const signingNames: Readonly<Record<string, string>> = { COGNITO_IDENTITY_PROVIDER: "cognito-idp", SESV2: "ses" };

/** All services in the environment, so that a new one is tested automatically. */
const services = () =>
  Object.entries(cloud.environment)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, url]) => ({ name: name.slice(prefix.length), url: new URL(url) }));

/** The target of a Cognito operation that is not public. Other services ignore it. */
const target = { "x-amz-target": "AWSCognitoIdentityProviderService.ListUsers" };

/** Sends a request to a service, and returns its error. */
async function answerOf(url: URL, headers: Readonly<Record<string, string>> = target): Promise<string> {
  const response = await fetch(url, { method: "POST", headers, body: "{}" });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  return `${response.headers.get("x-amzn-errortype")} ${await response.text()}`;
}

describe("every service", () => {
  it("has an endpoint", () => {
    const names = services().map(({ name }) => name);
    for (const name of ["COGNITO_IDENTITY_PROVIDER", "DYNAMODB", "LAMBDA", "S3", "SESV2", "SNS", "SQS"]) {
      expect(names).toContain(name);
    }
  });

  it("refuses unsigned requests", async () => {
    for (const { name, url } of services()) {
      expect(await answerOf(url), name).toMatch(/MissingAuthenticationToken|AccessDenied/);
    }
  });

  it("refuses requests with a wrong secret, or changed after they were signed", async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secret = "" } = cloud.environment;
    for (const { name, url } of services()) {
      for (const [secretAccessKey, path] of [
        ["wrong", url.pathname],
        [secret, "/elsewhere"],
      ] as const) {
        const signer = signerOf({ accessKeyId, secretAccessKey }, signingNames[name] ?? name.toLowerCase());
        const { headers } = await signer.sign({
          method: "POST",
          protocol: url.protocol,
          hostname: url.hostname,
          port: Number(url.port),
          path,
          headers: { ...target, host: url.host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
          body: "{}",
        });
        expect(await answerOf(url, headers), name).toMatch(/InvalidSignature|SignatureDoesNotMatch/);
      }
    }
  });
});
