import path from "node:path";
import type { Emulator, Log, Principal, Principals } from "../emulator.ts";
import type { ResolvedGraph } from "../graph/graph.ts";
import { startFront } from "../iam/front.ts";
import { openFauxqs } from "../queues/fauxqs.ts";
import { bucketService } from "./front.ts";
import { uploadBucketFiles } from "./upload.ts";

export interface S3Options {
  readonly graph: ResolvedGraph;
  readonly principals: Principals;
  readonly dataFolder: string;
  /** The folder that the graph names files from. */
  readonly root: string;
  readonly log: Log;
  readonly port?: number | undefined;
  readonly onAllowed?: ((principal: Principal, action: string, resource: string) => void) | undefined;
}

/** S3 with the buckets of the graph. */
export interface S3 extends Emulator {
  readonly url: string;
}

/**
 * Starts S3: fauxqs with the graph's buckets and the files that a deployment puts into them, behind a front that verifies and
 * authorises every call. Its endpoint is an IP address, so SDKs put the bucket into the path by themselves.
 */
export async function startS3(options: S3Options): Promise<S3> {
  const { graph, principals, dataFolder, root, log, port, onAllowed } = options;
  const { region } = graph;
  const folder = path.join(dataFolder, "s3");
  const fauxqs = await openFauxqs(folder, "buckets", region);
  try {
    for (const { id } of graph.all("aws:s3:Bucket")) if (!fauxqs.buckets.hasBucket(id)) fauxqs.buckets.createBucket(id);
    const manifestFile = path.join(folder, "uploads.json");
    const uploaded = uploadBucketFiles({ graph, fauxqs, root, manifestFile, log });
    if (uploaded > 0) log.info("s3", `${uploaded} file${uploaded === 1 ? "" : "s"} uploaded`);
    const front = await startFront({
      service: bucketService({ fauxqs, region }),
      principals,
      region,
      log,
      port,
      onAllowed,
    });
    let closing: Promise<void> | undefined;
    return {
      name: "s3",
      url: front.url,
      endpoints: { AWS_ENDPOINT_URL_S3: front.url },
      close() {
        closing ??= front.close().then(() => fauxqs.close());
        return closing;
      },
    };
  } catch (error) {
    await fauxqs.close();
    throw error;
  }
}
