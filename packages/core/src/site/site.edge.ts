import { randomUUID } from "node:crypto";
import { CloudFrontClient, type CloudFrontClientConfig, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { limitedClient } from "../call-limits.ts";

/** The copies of the site's pages near their readers. */
export interface SiteEdge {
  /** Drops the copies of these pages; resolves when that has begun, which takes some seconds everywhere. */
  invalidate(paths: readonly string[]): Promise<void>;
}

/** Those of a CloudFront distribution. */
export function cloudFrontEdge(distributionId: () => string, config: CloudFrontClientConfig = {}): SiteEdge {
  const client = new CloudFrontClient({
    // CloudFront is one for the whole world, and believes signatures for this region alone.
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
            // Another one each time: a copy may have been made since the last.
            CallerReference: randomUUID(),
            Paths: { Quantity: paths.length, Items: [...paths] },
          },
        }),
      );
    },
  };
}
