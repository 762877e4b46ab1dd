import { createRequire, Module } from "node:module";
import path from "node:path";
import { isObject } from "../../json.ts";
import { isProperties, type Json, type Properties, type RawGraph, type RawResource } from "../raw.ts";
import { lookUp } from "./lookups.ts";
import { outputsOf } from "./outputs.ts";

/**
 * The part of Pulumi's SDK that is used here. The SDK's own types are not installed where this file is type-checked.
 */
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

/** Pulumi's SDK, loaded from the platform. */
export interface Pulumi {
  readonly sdk: Sdk;
  readonly require: NodeJS.Require;
}

/** Loads Pulumi's SDK from the platform's node_modules, which is the instance that SST's components use. */
export function loadPulumi(platform: string): Pulumi {
  const require = createRequire(path.join(platform, "package.json"));
  // Pulumi serializes the code of a dynamic resource's provider, and loads the TypeScript compiler for it. The code is
  // not needed here, so replace the serializer with a stub.
  const closures = require.resolve("@pulumi/pulumi/runtime/closure/serializeClosure.js");
  const none = async () => ({ text: "", containsSecrets: false });
  const empty = new Module(closures);
  empty.exports = { serializeFunction: none, serializeFunctionAsync: none };
  require.cache[closures] = empty;
  return { sdk: require("@pulumi/pulumi"), require };
}

/** Signatures with which Pulumi marks a secret among serialized values. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Converts a resource's inputs to JSON. Secrets are unwrapped, and assets are replaced with a marker. */
function plain(value: unknown, { asset }: Sdk): Json {
  const convert = (item: unknown): Json => {
    if (typeof item === "string" || typeof item === "number" || typeof item === "boolean") return item;
    if (Array.isArray(item)) return item.map(convert);
    if (!isObject(item)) return null;
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
  /** Number of registered resources and calls so far. */
  readonly steps: () => number;
}

/**
 * Returns the inputs that Pulumi's engine sends to the provider. Properties in `ignoreChanges` keep their deployed
 * values.
 * @throws for a path inside a property, such as `tags.Name`
 */
function withoutIgnored(inputs: Properties, deployed: Properties, ignored: readonly string[]): Properties {
  if (ignored.includes("*")) return deployed;
  const nested = ignored.find((property) => /\W/.test(property));
  if (nested !== undefined) throw new Error(`The synthesis does not evaluate ignoreChanges of the path "${nested}".`);
  const entries = Object.entries(inputs).filter(([property]) => !ignored.includes(property));
  const kept = Object.entries(deployed).filter(([property]) => ignored.includes(property));
  return Object.fromEntries([...entries, ...kept]);
}

/** The stage that a program is evaluated for, and its previous deployment. */
export interface Target {
  readonly app: string;
  readonly stage: string;
  readonly region: string;
  readonly deployed?: RawGraph | undefined;
}

/** Replaces Pulumi's engine and the cloud with mocks, and records every registered resource. */
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
  // The engine's URN format: types of all parents, without the stack at the root.
  monitor.newUrn = (parent, type, name) => {
    const parentType = parent?.split("::")[2];
    const chain = parentType && parentType !== "pulumi:pulumi:Stack" ? `${parentType}$${type}` : type;
    return `urn:pulumi:${stage}::${app}::${chain}::${name}`;
  };
  // Pulumi's mocks do not receive parents and options, so read them from the request.
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
