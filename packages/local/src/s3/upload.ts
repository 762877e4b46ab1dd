import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BucketFolder } from "../edge/origins/bucket-files.ts";
import { contentTypeOf } from "../edge/origins/content-type.ts";
import type { ResolvedGraph } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Fauxqs } from "../s3-sqs-engine.ts";
import type { Log } from "../service-types.ts";

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly cacheControl: string | undefined;
}

/**
 * Returns the files of a bucket's folders by key. A deeper folder overrides its parent, and a single file overrides its
 * folder.
 */
function uploadsOf(bucket: string, folders: readonly BucketFolder[], root: string, log: Log): Upload[] {
  const byKey = new Map<string, Upload>();
  const general = [...folders].sort((a, b) => a.from.length - b.from.length || (a.files ? 1 : 0) - (b.files ? 1 : 0));
  for (const { from, to, files, cacheControl } of general) {
    const folder = path.resolve(root, from);
    if (!existsSync(folder)) {
      log.warn("s3", `${bucket}: nothing to upload, because ${from} is not built`);
      continue;
    }
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file).split(path.sep).join("/");
      if (files && !files.includes(name)) continue;
      const key = `${to}/${name}`.replace(/^\//, "");
      byKey.set(key, { bucket, key, file, cacheControl });
    }
  }
  return [...byKey.values()];
}

/** Opens the record of uploaded files by bucket and key: size, modification time and cache control. */
function openManifest(file: string) {
  const known: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return {
    known,
    save() {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(known));
    },
  };
}

/**
 * Uploads the files that a deployment would upload (`sst:aws:BucketFiles`). A file that is unchanged since its last
 * upload is skipped, so an object that a function has since written to its key is kept.
 * @returns the number of uploaded files
 */
export function uploadBucketFiles(options: {
  readonly graph: ResolvedGraph;
  readonly fauxqs: Fauxqs;
  readonly root: string;
  readonly manifestFile: string;
  readonly log: Log;
}): number {
  const { graph, fauxqs, root, manifestFile, log } = options;
  const manifest = openManifest(manifestFile);
  let uploaded = 0;
  for (const resource of graph.all("sst:aws:BucketFiles")) {
    const { bucketName, folders = [] } = inputsOf<{ bucketName: string; folders: readonly BucketFolder[] }>(resource);
    if (bucketName === undefined) continue;
    for (const { bucket, key, file, cacheControl } of uploadsOf(bucketName, folders, root, log)) {
      const { size, mtimeMs } = statSync(file);
      const state = `${size} ${mtimeMs} ${cacheControl ?? ""}`;
      const id = `${bucket}/${key}`;
      if (manifest.known[id] === state) continue;
      const system = cacheControl === undefined ? {} : { cacheControl };
      fauxqs.buckets.putObject(bucket, key, readFileSync(file), contentTypeOf(file), {}, system);
      manifest.known[id] = state;
      uploaded += 1;
    }
  }
  if (uploaded > 0) manifest.save();
  return uploaded;
}
