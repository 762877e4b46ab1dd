import { expect, it } from "vitest";
import { memoryLog, testGraph } from "../lambda/fixtures.ts";
import { startEdge } from "./edge.ts";

/** An edge whose default behavior leads to an API, with this much more said of it and of its distribution. */
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
  expect(await statusOf(behavior)).toEqual([403, `Not carried out here: ${missing}.\n`]);
});

it("refuses every request for a distribution with a geographic restriction", async () => {
  const restrictions = { geoRestriction: { restrictionType: "whitelist", locations: ["DE"] } };
  expect(await statusOf({}, { restrictions })).toEqual([403, "Not carried out here: geographic restrictions.\n"]);
});

it("passes requests on for a behavior that needs none of them", async () => {
  const restrictions = { geoRestriction: { restrictionType: "none" } };
  expect(
    (await statusOf({ lambdaFunctionAssociations: [{ eventType: "origin-response" }] }, { restrictions }))[0],
  ).toBe(502);
});
