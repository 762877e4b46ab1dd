import { graphType, isProperties, type Json, type Properties, type RawGraph, type RawResource } from "../raw.ts";
import { statementsOf } from "./policy.ts";

/** Resources that only serve a deployment, or that are part of a function's entry. */
const mechanics =
  /^(pulumi:|random:(?!index\/randomPassword:)|command:|aws:cloudwatch\/logGroup:|aws:s3\/bucketObjectv2:|aws:lambda\/invocation:|aws:lambda\/permission:|aws:lambda\/function:)/;
const dynamicMechanics =
  /\.(DistributionDeploymentWaiter|DistributionInvalidation|HostedZoneLookup|FunctionEnvironmentUpdate)$/;

/** Inputs that do not affect how a resource behaves. */
const silent = new Set(["tags", "tagsAll", "accessLogSettings", "forceDestroy"]);

/**
 * Returns the type of a resource. Pulumi has a single type for all of SST's own resources, so their type comes from
 * their names.
 */
const typeOf = ({ type, name }: RawResource): string =>
  type === "pulumi-nodejs:dynamic:Resource" ? name.replace(/^.*\.sst\.aws\./, "sst:aws:") : graphType(type);

/** Parses JSON in strings, so that a change in it is one line of a diff. */
function unfold(value: Json): Json {
  if (Array.isArray(value)) return value.map(unfold);
  if (isProperties(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unfold(item)]));
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return unfold(JSON.parse(value));
  } catch {
    return value;
  }
}

interface Folder {
  readonly from: string;
  readonly to: string;
  readonly files: { readonly name: string; readonly cacheControl: string }[];
}

/**
 * Lists the target and the cache header of each folder in a bucket. The files are only known after a build, except
 * those with another cache header than their folder: they get an entry that lists them. SST puts files of specific
 * patterns before all others, so the folder's header is that of its last file.
 */
function foldersOf(files: Json | undefined): Json {
  const folders = new Map<string, Folder>();
  for (const file of Array.isArray(files) ? files : []) {
    if (!isProperties(file)) continue;
    const [source, key] = [String(file.source).split("/"), String(file.key).split("/")];
    // The common end of both paths is the file's path in the folder. Its first level becomes part of the folder,
    // because versioned files, which are cached permanently, have their own folder there. `assets/_next/a.js` with the
    // key `_assets/_next/a.js` belongs to the folder `assets/_next`.
    let shared = 0;
    while (shared < key.length && source.at(-1 - shared) === key.at(-1 - shared)) shared += 1;
    const below = Math.min(shared - 1, 1);
    const from = source.slice(0, source.length - shared + below).join("/");
    const to = key.slice(0, key.length - shared + below).join("/");
    const folder = folders.get(from) ?? { from, to, files: [] };
    const name = key.slice(key.length - shared + below).join("/");
    folder.files.push({ name, cacheControl: String(file.cacheControl) });
    folders.set(from, folder);
  }
  return [...folders.values()].flatMap(({ from, to, files }) => {
    const general = files.at(-1)?.cacheControl ?? null;
    const special = Map.groupBy(
      files.filter(({ cacheControl }) => cacheControl !== general),
      ({ cacheControl }) => cacheControl,
    );
    const named = [...special].map(([cacheControl, own]): Json => {
      return { from, to, files: own.map(({ name }) => name).sort(), cacheControl };
    });
    return [...named, { from, to, cacheControl: general }];
  });
}

/** Removes inputs that are only known after a build. A consumer of the graph finds them in the built files. */
function withoutBuild(type: string, inputs: Properties): Properties {
  if (type === "sst:aws:KvKeys" && isProperties(inputs.entries)) {
    return { ...inputs, entries: { metadata: inputs.entries.metadata ?? {} } };
  }
  if (type === "sst:aws:BucketFiles") {
    const { bucketName = null, files, purge } = inputs;
    return { bucketName, folders: foldersOf(files), ...(purge === true && { purge }) };
  }
  if (type === "aws:cloudfront:Function" && typeof inputs.code === "string") {
    const lines = inputs.code.split("\n").map((line) => line.trimEnd());
    return { ...inputs, code: lines.filter(Boolean) };
  }
  return inputs;
}

/** Returns every other resource that can run or be configured, by type and name. */
export function normaliseResources(
  graph: RawGraph,
  used: ReadonlySet<RawResource>,
  reference: (value: Json) => Json,
): Record<string, Properties> {
  const byType: Record<string, Properties> = {};
  for (const resource of graph.resources) {
    if (!resource.custom || used.has(resource)) continue;
    if (mechanics.test(resource.type) || dynamicMechanics.test(resource.name)) continue;
    const type = typeOf(resource);
    const inputs = Object.entries(resource.inputs)
      .filter(([key, value]) => !silent.has(key) && value !== null && !(Array.isArray(value) && value.length === 0))
      .map(([key, value]): [string, Json] => [key, reference(unfold(value))])
      // Omit its own AWS name, which consists of the graph's name and a random suffix.
      .filter(([, value]) => value !== `\${${resource.name}.id}` && value !== `\${${resource.name}.name}`);
    const entry =
      type === "aws:iam:Role"
        ? { policy: reference(statementsOf(resource, graph)) }
        : withoutBuild(type, Object.fromEntries(inputs));
    byType[type] = { ...byType[type], [resource.name.replace(/\.sst\.aws\..*$/, "")]: entry };
  }
  return byType;
}
