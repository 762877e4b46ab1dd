import path from "node:path";
import { once } from "../closing.ts";
import { type FrontOptions, startFront } from "../iam/front.ts";
import { type FauxqsResponse, openFauxqs } from "../s3-sqs-engine.ts";
import type { Ground } from "../service.ts";
import type { Emulator } from "../service-types.ts";
import { corsRulesOf } from "./cors.ts";
import { createObjectEvents } from "./events.ts";
import { bucketService } from "./front.ts";
import { createNotifications } from "./notifications.ts";
import { uploadBucketFiles } from "./upload.ts";

export interface S3Options extends FrontOptions, Pick<Ground, "dataFolder" | "root" | "deliver"> {}

/** S3 with the buckets of the graph. */
export interface S3 extends Emulator {
  readonly url: string;
  /**
   * Reads an object as an AWS service that a bucket policy allows, such as CloudFront.
   * @param range value of the Range header: `bytes=0-99`
   * @returns status 200 or 206, else 404 or 416, with the object's headers
   */
  readObject(bucket: string, key: string, range?: string): Promise<FauxqsResponse>;
}

/**
 * Starts S3: fauxqs with the graph's buckets and the files of a deployment, behind a front that verifies and authorizes
 * every call. The endpoint is an IP address, so SDKs use path style.
 */
export async function startS3(options: S3Options): Promise<S3> {
  const { graph, principals, dataFolder, root, log } = options;
  const { region } = graph;
  const folder = path.join(dataFolder, "s3");
  const fauxqs = await openFauxqs(folder, "buckets", region);
  try {
    for (const { id } of graph.all("aws:s3:Bucket")) if (!fauxqs.buckets.hasBucket(id)) fauxqs.buckets.createBucket(id);
    const manifestFile = path.join(folder, "uploads.json");
    const uploaded = uploadBucketFiles({ graph, fauxqs, root, manifestFile, log });
    if (uploaded > 0) log.info("s3", `${uploaded} file${uploaded === 1 ? "" : "s"} uploaded`);
    const events = createObjectEvents(createNotifications(options));
    const service = bucketService({ fauxqs, events, principals, corsRules: corsRulesOf(graph), region });
    const front = await startFront(service, options);
    return {
      url: front.url,
      endpoints: { AWS_ENDPOINT_URL_S3: front.url },
      readObject(bucket, key, range) {
        const url = `/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
        return fauxqs.send({ method: "GET", url, headers: { host: "127.0.0.1", range } });
      },
      close: once(() => front.close().then(() => fauxqs.close())),
    };
  } catch (error) {
    await fauxqs.close();
    throw error;
  }
}
