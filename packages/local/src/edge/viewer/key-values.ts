import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { ResolvedGraph } from "../../graph/graph.ts";
import { isObject, object, text, texts } from "../../json.ts";
import { inputsOf } from "../../resource-inputs.ts";
import { type BucketFolder, foldersOf } from "../origins/bucket-files.ts";

interface KvKeysInputs {
  readonly store: string;
  readonly namespace: string;
  readonly entries: Readonly<Record<string, unknown>>;
}

interface KvRoutesInputs {
  readonly store: string;
  readonly namespace: string;
  readonly key: string;
  readonly entry: string;
}

/** Key-value store of CloudFront functions. */
export type KeyValues = ReadonlyMap<string, string>;

const stringify = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * Lists the files and folders of a site's assets. Files in a subfolder are listed only for `.well-known` and the first
 * folder of a longer route, such as `_next` of `/_next/static`. Other subfolders are listed by name.
 */
function listAssets(folder: string, routes: readonly string[]) {
  const expanded = new Set([
    ".well-known",
    ...routes.filter((route) => route.split("/").length > 2).map((route) => route.split("/")[1]),
  ]);
  const files: string[] = [];
  const folders: string[] = [];
  const visit = (below: string, deep: boolean) => {
    for (const item of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const name = `${below}/${item.name}`;
      if (item.isFile()) files.push(name);
      else if (deep && expanded.has(item.name)) visit(name, false);
      else folders.push(name);
    }
  };
  if (existsSync(folder)) visit("", true);
  return { files, folders };
}

/**
 * Returns a site's entries, from the current build: its metadata, with the asset folders as routes, and a key for each
 * listed file.
 */
function siteEntries(
  namespace: string,
  metadata: Readonly<Record<string, unknown>>,
  folders: readonly BucketFolder[],
  root: string,
): [string, string][] {
  const s3 = object(metadata.s3);
  const own = folders.find(({ to }) => `/${to}` === text(s3.dir));
  const assets = own ? listAssets(path.join(root, own.from), texts(s3.routes)) : { files: [], folders: [] };
  const routes = [...new Set([...texts(s3.routes), ...assets.folders])];
  return [
    [`${namespace}:metadata`, JSON.stringify({ ...metadata, s3: { ...s3, routes } })],
    ...assets.files.map((file): [string, string] => [`${namespace}:${file}`, "s3"]),
  ];
}

/** Returns a key-value store as SST fills it in a deployment: settings, routes, and a key for each file of a site. */
export function keyValuesOf(graph: ResolvedGraph, store: string, root: string): KeyValues {
  const values = new Map<string, string>();
  for (const resource of graph.all("sst:aws:KvKeys")) {
    const { namespace = "", entries = {}, store: own } = inputsOf<KvKeysInputs>(resource);
    if (own !== store) continue;
    for (const [key, value] of Object.entries(entries)) {
      values.set(`${namespace}:${key}`, stringify(value));
      if (key !== "metadata" || !isObject(value) || !isObject(value.s3)) continue;
      const folders = foldersOf(graph, text(value.s3.domain) ?? "");
      for (const [name, entry] of siteEntries(namespace, value, folders, root)) values.set(name, entry);
    }
  }
  const routes = graph.all("sst:aws:KvRoutesUpdate").map((resource) => inputsOf<KvRoutesInputs>(resource));
  const ours = routes.filter((route) => route.store === store);
  for (const [key, entries] of Map.groupBy(ours, ({ namespace, key }) => `${namespace}:${key}`)) {
    values.set(key, JSON.stringify(entries.map(({ entry }) => entry)));
  }
  return values;
}

/** Returns the hosts that serve a site's pages, images and assets. A development server replaces them. */
export function siteHosts(graph: ResolvedGraph): ReadonlySet<string> {
  const hosts = graph.all("sst:aws:KvKeys").flatMap((resource) => {
    const { servers, image, s3 } = object(inputsOf<KvKeysInputs>(resource).entries?.metadata);
    const serverHosts = Array.isArray(servers)
      ? servers.map((server: unknown) => (Array.isArray(server) ? server[0] : undefined))
      : [];
    return [...serverHosts, object(image).host, object(s3).domain];
  });
  return new Set(hosts.filter((host) => typeof host === "string"));
}
