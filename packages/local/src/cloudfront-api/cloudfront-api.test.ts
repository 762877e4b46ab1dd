import { CloudFrontClient, CreateInvalidationCommand, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Front } from "../iam/front.ts";
import { callerOf, graphOf, keptLog, region } from "../test-cloud.ts";
import { startCloudFrontApi } from "./cloudfront-api.ts";

const graph = graphOf({ "aws:cloudfront:Distribution": [{ name: "RouterCdnDistribution", id: "E1" }] });
const arn = `arn:aws:cloudfront::${graph.account}:distribution/E1`;
const developer = callerOf("developer");
const allowed = callerOf("allowed", [{ Effect: "Allow", Action: "cloudfront:CreateInvalidation", Resource: arn }]);
const stranger = callerOf("stranger", [{ Effect: "Allow", Action: "cloudfront:GetInvalidation", Resource: arn }]);
const dropped: (readonly string[])[] = [];
let front: Front;

beforeAll(async () => {
  front = await startCloudFrontApi({
    graph,
    principals: new Map([developer.entry, allowed.entry, stranger.entry]),
    log: keptLog(),
    delayMs: 30,
    invalidate: (paths) => dropped.push(paths),
  });
});
afterAll(() => front.close());
beforeEach(() => {
  dropped.length = 0;
});

const clientOf = ({ credentials }: typeof developer, signedFor = region) =>
  new CloudFrontClient({ endpoint: front.url, region: signedFor, credentials, maxAttempts: 1 });
const invalidate = (paths: readonly string[], caller = developer, DistributionId = "E1", Quantity = paths.length) =>
  clientOf(caller).send(
    new CreateInvalidationCommand({
      DistributionId,
      InvalidationBatch: { CallerReference: "once", Paths: { Quantity, Items: [...paths] } },
    }),
  );

describe("CreateInvalidation", () => {
  it("returns immediately, and drops the cached responses after the delay", async () => {
    const paths = ["/@maya/gr%C3%BCn", "/blog", "/tags/*"];
    const { Invalidation, Location } = await invalidate(paths, allowed);
    expect(dropped).toEqual([]);
    expect(Invalidation).toMatchObject({
      Status: "InProgress",
      InvalidationBatch: { CallerReference: "once", Paths: { Quantity: 3, Items: paths } },
    });
    expect(Location).toContain(`/distribution/E1/invalidation/${Invalidation?.Id}`);
    await vi.waitFor(() => expect(dropped).toEqual([paths]));
  });

  it("requires the permission on the distribution", async () => {
    await expect(invalidate(["/*"], stranger)).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(invalidate(["/*"], allowed, "E2")).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(invalidate(["/*"], developer, "E2")).rejects.toMatchObject({ name: "NoSuchDistribution" });
    const unknown = { ...developer, credentials: { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" } };
    await expect(invalidate(["/*"], unknown)).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  });

  it("accepts signatures for us-east-1 and the graph's region, but no other", async () => {
    const listed = (signedFor: string) => clientOf(developer, signedFor).send(new ListDistributionsCommand({}));
    await expect(listed("us-east-1")).rejects.toThrow(/does not support/);
    await expect(listed("us-west-2")).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  });

  it.each([["blog"], ["/*/feed.xml"], ["/größe"], ["/a b"]])("refuses the path %s", async (path) => {
    await expect(invalidate([path])).rejects.toMatchObject({ name: "InvalidArgument" });
  });

  it("refuses a Quantity that differs from the number of paths", async () => {
    await expect(invalidate(["/a", "/b"], developer, "E1", 3)).rejects.toMatchObject({
      name: "InconsistentQuantities",
    });
  });

  it("refuses other CloudFront operations by name", async () => {
    const others = clientOf(developer).send(new ListDistributionsCommand({}));
    await expect(others).rejects.toThrow(/GET \/2020-05-31\/distribution/);
  });
});
