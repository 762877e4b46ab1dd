import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import type { ResolvedGraph } from "../../graph/graph.ts";
import { inputsOf } from "../../resource-inputs.ts";
import { isUnchanged, rangeOf } from "../conditions.ts";
import { contentTypeOf } from "./content-type.ts";
import type { OriginRequest, OriginResponse } from "./origin.ts";

/** A folder of build files in a bucket. */
export interface BucketFolder {
  /** Path of the folder, relative to the root. */
  readonly from: string;
  /** Prefix of the keys in the bucket. */
  readonly to: string;
  /** The files that this entry applies to. Undefined applies to all files of the folder. */
  readonly files?: readonly string[];
  readonly cacheControl?: string;
}

interface BucketFilesInputs {
  readonly bucketName: string;
  readonly folders: readonly BucketFolder[];
}

/** Returns the bucket with this domain name. */
export const bucketAt = (graph: ResolvedGraph, domain: string) =>
  graph
    .all("aws:s3:Bucket")
    .find((each) => inputsOf<{ bucketRegionalDomainName: string }>(each).bucketRegionalDomainName === domain);

const bySpecificity = (a: BucketFolder, b: BucketFolder) =>
  b.to.length - a.to.length || Number(b.files !== undefined) - Number(a.files !== undefined);

/**
 * Returns the folders of a bucket by its domain name. The deepest prefixes are first, and entries for single files come
 * before those for a whole folder.
 */
export function foldersOf(graph: ResolvedGraph, domain: string): BucketFolder[] {
  const bucket = bucketAt(graph, domain);
  const all = graph.all("sst:aws:BucketFiles").map((resource) => inputsOf<BucketFilesInputs>(resource));
  const own = all.filter(({ bucketName }) => bucketName !== undefined && bucketName === bucket?.id);
  return own.flatMap(({ folders = [] }) => folders).sort(bySpecificity);
}

interface Found {
  readonly file: string;
  readonly cacheControl: string | undefined;
}

/** Finds the file for a key. Ignores a key that leads out of its folder. */
function find(folders: readonly BucketFolder[], root: string, key: string): Found | undefined {
  for (const { from, to, files, cacheControl } of folders) {
    if (!key.startsWith(`${to}/`)) continue;
    const name = key.slice(to.length + 1);
    if (files && !files.includes(name)) continue;
    const base = path.resolve(root, from);
    const file = path.resolve(base, name);
    if (file.startsWith(base + path.sep) && existsSync(file) && statSync(file).isFile()) return { file, cacheControl };
  }
  return undefined;
}

const refusal = (status: number, code: string, message: string): OriginResponse => ({
  status,
  headers: { "content-type": "application/xml" },
  body: Readable.from([
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  ]),
});

/** S3's response for a missing object if the caller has no permission to list the bucket. */
export const denied = (): OriginResponse => refusal(403, "AccessDenied", "Access Denied");

/** S3's response for a path that is not the encoding of a key, such as `/%zz`. */
export const invalidUri = (): OriginResponse => refusal(400, "InvalidURI", "Couldn't parse the specified URI.");

/** Returns the key in a URL, or `undefined` if its path is malformed. */
export function keyOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split("?")[0] ?? "/").replace(/^\//, "");
  } catch {
    return undefined;
  }
}

const etags = new Map<string, string>();

/** Returns S3's ETag: the MD5 of the content. Cached by path, size and modification time. */
function etagOf(file: string, size: number, modified: Date): string {
  const key = `${file} ${size} ${modified.getTime()}`;
  const etag = etags.get(key) ?? `"${createHash("md5").update(readFileSync(file)).digest("hex")}"`;
  etags.set(key, etag);
  return etag;
}

/** Returns S3's response for a file of a build. The path is the encoded key. */
export function fileResponse(
  folders: readonly BucketFolder[],
  root: string,
  { method, url, headers: asked }: OriginRequest,
): OriginResponse {
  const key = keyOf(url);
  if (key === undefined) return invalidUri();
  const found = find(folders, root, key);
  if (!found) return denied();
  const { size, mtime } = statSync(found.file);
  const etag = etagOf(found.file, size, mtime);
  const headers: OutgoingHttpHeaders = {
    "accept-ranges": "bytes",
    "content-type": contentTypeOf(found.file),
    ...(found.cacheControl !== undefined && { "cache-control": found.cacheControl }),
    etag,
    "last-modified": mtime.toUTCString(),
    server: "AmazonS3",
  };
  if (isUnchanged(asked, headers)) return { status: 304, headers, body: undefined };
  const range = rangeOf(asked.range, size);
  if (range === "unsatisfiable") {
    return { status: 416, headers: { "content-range": `bytes */${size}`, "content-length": 0 }, body: undefined };
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  const body = method === "HEAD" || size === 0 ? undefined : createReadStream(found.file, { start: first, end: last });
  const length = { "content-length": last - first + 1 };
  if (!range) return { status: 200, headers: { ...headers, ...length }, body };
  return { status: 206, headers: { ...headers, ...length, "content-range": `bytes ${first}-${last}/${size}` }, body };
}
