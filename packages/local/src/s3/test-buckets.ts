import { S3Client } from "@aws-sdk/client-s3";
import type { Resource } from "../graph/graph.ts";
import type { Deliver } from "../service-types.ts";
import { callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { startS3 } from "./s3.ts";

/** Starts S3 with one bucket, `media`, and the other resources that a test needs. */
export async function startBuckets(
  resources: Readonly<Record<string, readonly Resource[]>> = {},
  callers: readonly ReturnType<typeof callerOf>[] = [],
  deliver: Deliver = async () => {},
) {
  const temporary = temporaryFolder();
  const log = keptLog();
  const developer = callerOf("developer");
  const graph = graphOf({
    "aws:s3:Bucket": [{ name: "media", id: "media", arn: "arn:aws:s3:::media" }],
    ...resources,
  });
  const principals = new Map([developer, ...callers].map(({ entry }) => entry));
  const { folder } = temporary;
  const s3 = await startS3({ graph, principals, dataFolder: folder, root: folder, log, deliver });
  return {
    s3,
    graph,
    log,
    client: ({ credentials }: Pick<typeof developer, "credentials"> = developer) =>
      new S3Client({ endpoint: s3.url, region, credentials, maxAttempts: 1 }),
    async remove() {
      await s3.close();
      temporary.remove();
    },
  };
}

/** Returns the text of one element of an XML response. */
export const inXml = (document: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(document)?.[1];
