import {
  DeleteObjectsCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { limitedClient } from "../call-limits.ts";
import type { AssetStorage } from "./site.assets.ts";

/** Stores builds of the web app in an S3 bucket. */
export function s3Assets(bucket: () => string, config: S3ClientConfig = {}): AssetStorage {
  const client = new S3Client({ ...config, ...limitedClient("s3") });
  return {
    async *list(Prefix) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket(), Prefix }))
        yield Contents.flatMap(({ Key: key, LastModified: uploadedAt }) =>
          key && uploadedAt ? [{ key, uploadedAt }] : [],
        );
    },
    async read(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket(), Key }));
      return (await Body?.transformToString()) ?? "";
    },
    async remove(keys) {
      const Objects = keys.map((Key) => ({ Key }));
      const command = new DeleteObjectsCommand({ Bucket: bucket(), Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await client.send(command);
      if (Errors.length > 0) throw new Error(`S3 kept ${Errors[0]?.Key}: ${Errors[0]?.Code}`);
    },
  };
}
