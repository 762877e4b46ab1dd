import { expect, it } from "vitest";
import { memoryLog, testGraph } from "../lambda/fixtures.ts";
import { startEdge } from "./edge.ts";

/**
 * Requests the root of an edge with these settings of the default behavior and the distribution. Returns status and
 * text.
 */
async function statusOf(behavior: object, distribution: object = {}) {
  const graph = testGraph({
    resources: {
      "aws:cloudfront:Distribution": {
        Cdn: {
          origins: [{ originId: "api", domainName: "nowhere.invalid" }],
          defaultCacheBehavior: { targetOriginId: "api", ...behavior },
          ...distribution,
        },
      },
    },
  });
  const invoker = { invoke: async () => ({ ok: true, result: {} }) as const };
  const edge = await startEdge({ graph, root: "/", port: 0, gateway: { urls: {} }, log: memoryLog(), invoker });
  const response = await fetch(edge.url);
  const answer = [response.status, await response.text()];
  await edge.close();
  return answer;
}

it.each([
  ["a key group for signed URLs", { trustedKeyGroups: ["group"] }, "signed URLs"],
  ["a signer of URLs", { trustedSigners: ["self"] }, "signed URLs"],
  [
    "Lambda@Edge at viewer-request",
    { lambdaFunctionAssociations: [{ eventType: "viewer-request" }] },
    "Lambda@Edge at viewer-request",
  ],
])("refuses every request for a behavior with %s", async (_, behavior, missing) => {
  expect(await statusOf(behavior)).toEqual([403, `Not supported: ${missing}.\n`]);
});

it("refuses every request for a distribution with a geographic restriction", async () => {
  const restrictions = { geoRestriction: { restrictionType: "whitelist", locations: ["DE"] } };
  expect(await statusOf({}, { restrictions })).toEqual([403, "Not supported: geographic restrictions.\n"]);
});

it("forwards requests for a behavior without unsupported restrictions", async () => {
  const restrictions = { geoRestriction: { restrictionType: "none" } };
  expect(
    (await statusOf({ lambdaFunctionAssociations: [{ eventType: "origin-response" }] }, { restrictions }))[0],
  ).toBe(502);
});
