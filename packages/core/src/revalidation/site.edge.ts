import { randomUUID } from "node:crypto";
import { CloudFrontClient, type CloudFrontClientConfig, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { limitedClient } from "../call-limits.ts";

/** The edge cache of the site. */
export interface SiteEdge {
  /** Invalidates these paths. Resolves when the invalidation has started; it takes some seconds to complete. */
  invalidate(paths: readonly string[]): Promise<void>;
}

/** Invalidates paths of a CloudFront distribution. */
export function cloudFrontEdge(distributionId: () => string, config: CloudFrontClientConfig = {}): SiteEdge {
  const client = new CloudFrontClient({
    // CloudFront is a global service and only accepts signatures for this region.
    region: "us-east-1",
    ...config,
    ...limitedClient("cloudfront"),
  });
  return {
    async invalidate(paths) {
      await client.send(
        new CreateInvalidationCommand({
          DistributionId: distributionId(),
          InvalidationBatch: {
            // Unique, because CloudFront ignores a repeated reference, and a copy may have been cached since.
            CallerReference: randomUUID(),
            Paths: { Quantity: paths.length, Items: [...paths] },
          },
        }),
      );
    },
  };
}
