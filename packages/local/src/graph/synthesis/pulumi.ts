import { createRequire, Module } from "node:module";
import path from "node:path";
import { isProperties, isRecord, type Json, type Properties, type RawGraph, type RawResource } from "../raw.ts";
import { lookUp } from "./lookups.ts";
import { outputsOf } from "./outputs.ts";

/** The little of Pulumi's SDK that is used here; its own types are not where this file is checked. */
interface Sdk {
  readonly asset: Record<"Asset" | "Archive", { isInstance(value: unknown): boolean }>;
  readonly runtime: {
    setMocks(mocks: Mocks, project: string, stack: string, preview: boolean): Promise<void>;
    runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
  };
}
interface Mocks {
  call(args: { token: string; inputs: unknown }): Properties;
  newResource(args: { type: string; name: string; inputs: unknown; custom?: boolean; id?: string }): {
    id: string;
    state: unknown;
  };
}
interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDependenciesList(): string[];
  getIgnorechangesList(): string[];
  getObject(): unknown;
}
type Callback = (error: unknown, response: { getUrn(): string }) => void;
interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: Registration, callback: Callback): Promise<void>;
}

/** Pulumi, as the platform has it. */
export interface Pulumi {
  readonly sdk: Sdk;
  readonly require: NodeJS.Require;
}

/** Loads Pulumi's SDK from the platform's own node_modules: the instance that SST's components use. */
export function loadPulumi(platform: string): Pulumi {
  const require = createRequire(path.join(platform, "package.json"));
  // Pulumi stores the code of a dynamic resource's provider, and loads the TypeScript compiler to find it. Nobody reads it here.
  const closures = require.resolve("@pulumi/pulumi/runtime/closure/serializeClosure.js");
  const none = async () => ({ text: "", containsSecrets: false });
  const empty = new Module(closures);
  empty.exports = { serializeFunction: none, serializeFunctionAsync: none };
  require.cache[closures] = empty;
  return { sdk: require("@pulumi/pulumi"), require };
}

/** Signatures by which Pulumi marks a secret among serialised values. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** A resource's inputs as JSON: secrets are unwrapped, assets stand for themselves. */
function plain(value: unknown, { asset }: Sdk): Json {
  const convert = (item: unknown): Json => {
    if (typeof item === "string" || typeof item === "number" || typeof item === "boolean") return item;
    if (Array.isArray(item)) return item.map(convert);
    if (!isRecord(item)) return null;
    if (asset.Asset.isInstance(item) || asset.Archive.isInstance(item)) return { asset: true };
    if (item[signatureKey] === secretSignature) return convert(item.value);
    const entries = Object.entries(item).filter(([key]) => key !== "__provider");
    return Object.fromEntries(entries.map(([key, each]) => [key, convert(each)]));
  };
  return convert(value);
}

export interface Recording {
  readonly resources: RawResource[];
  readonly errors: unknown[];
  /** Grows with everything that the program registers or asks. */
  readonly steps: () => number;
}

/**
 * The inputs that Pulumi's engine sends to the provider: those in `ignoreChanges` keep the value that the stage was deployed with.
 * @throws for a path inside a property, `tags.Name`
 */
function withoutIgnored(inputs: Properties, deployed: Properties, ignored: readonly string[]): Properties {
  if (ignored.includes("*")) return deployed;
  const nested = ignored.find((property) => /\W/.test(property));
  if (nested !== undefined) throw new Error(`The synthesis does not evaluate ignoreChanges of the path "${nested}".`);
  const entries = Object.entries(inputs).filter(([property]) => !ignored.includes(property));
  const kept = Object.entries(deployed).filter(([property]) => ignored.includes(property));
  return Object.fromEntries([...entries, ...kept]);
}

/** Where a program is evaluated, and what its previous deployment left there. */
export interface Target {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  readonly deployed?: RawGraph | undefined;
}

/** Lets Pulumi work without an engine or a cloud, and keeps every resource that is registered. */
export async function record({ sdk, require }: Pulumi, { app, stage, region, deployed }: Target): Promise<Recording> {
  const outputs = new Map<string, Properties>();
  const inputsOf = new Map<string, Properties>();
  const deployedInputs = new Map(deployed?.resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs]));
  const resources: RawResource[] = [];
  const errors: unknown[] = [];
  let calls = 0;
  const properties = (value: unknown): Properties => {
    const json = plain(value, sdk);
    return isProperties(json) ? json : {};
  };
  const mocks: Mocks = {
    call({ token, inputs }) {
      calls += 1;
      return lookUp(token, properties(inputs), region);
    },
    newResource({ type, name, inputs, custom, id }) {
      if (custom === false) return { id: name, state: inputs };
      const state = outputsOf(type, name, inputsOf.get(`${type} ${name}`) ?? properties(inputs), region);
      outputs.set(`${type} ${name}`, state);
      return { id: id || state.id, state };
    },
  };
  await sdk.runtime.setMocks(mocks, app, stage, false);

  const { MockMonitor }: { MockMonitor: { prototype: Monitor } } = require("@pulumi/pulumi/runtime/mocks.js");
  const { deserializeProperties } = require("@pulumi/pulumi/runtime/rpc.js");
  const monitor = MockMonitor.prototype;
  const register = monitor.registerResource;
  // As the engine makes URNs: the whole chain of parents, without the stack at its root.
  monitor.newUrn = (parent, type, name) => {
    const parentType = parent?.split("::")[2];
    const chain = parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${type}` : type;
    return `urn:pulumi:${stage}::${app}::${chain}::${name}`;
  };
  // Pulumi's mocks are not told of parents and options; the request holds them.
  monitor.registerResource = function (request, callback) {
    const key = `${request.getType()} ${request.getName()}`;
    const before = deployedInputs.get(key);
    const given = properties(deserializeProperties(request.getObject()));
    const inputs = before ? withoutIgnored(given, before, request.getIgnorechangesList()) : given;
    inputsOf.set(key, inputs);
    return register.call(this, request, (error, response) => {
      if (error) errors.push(error);
      else {
        const [parent, custom] = [request.getParent(), request.getCustom()];
        resources.push({
          urn: response.getUrn(),
          type: request.getType(),
          name: request.getName(),
          ...(parent ? { parent } : {}),
          custom,
          protect: request.getProtect(),
          retainOnDelete: request.getRetainondelete(),
          dependencies: request.getDependenciesList().toSorted(),
          inputs,
          outputs: (custom && outputs.get(key)) || {},
        });
      }
      callback(error, response);
    });
  };
  return { resources, errors, steps: () => resources.length + calls };
}
