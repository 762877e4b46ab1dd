import { Readable } from "node:stream";
import type { S3 } from "../../s3/s3.ts";
import { isUnchanged } from "../conditions.ts";
import { denied, invalidUri, keyOf } from "./bucket-files.ts";
import type { OriginRequest, OriginResponse } from "./origin.ts";

/** Returns S3's response for an object in a bucket. The path is the encoded key. */
export async function objectResponse(
  s3: Pick<S3, "readObject">,
  bucket: string,
  { url, headers: asked }: OriginRequest,
): Promise<OriginResponse> {
  const key = keyOf(url);
  if (key === undefined) return invalidUri();
  const { status, headers, body } = await s3.readObject(bucket, key, asked.range);
  if (status === 404 || key === "") return denied();
  if (isUnchanged(asked, headers)) return { status: 304, headers, body: undefined };
  return { status, headers, body: Readable.from([body]) };
}
