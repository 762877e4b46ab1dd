import { isProperties, type Json, type Properties, type RawBuild, type RawGraph, type RawResource } from "../raw.ts";
import { policiesOf, statementsOf } from "./policy.ts";

/** Managed policy of every function that writes logs. */
const loggingPolicy = "AWSLambdaBasicExecutionRole";

/** Variables with which an SST function finds its links. Here the links are in the entry itself. */
const sstEnvironment = new Set(["SST_KEY", "SST_KEY_FILE", "SST_RESOURCE_App"]);

/**
 * Inputs that are not copied: the entry has them under other names, a build determines them, or SST sets them for every
 * function.
 */
const folded = new Set(
  [
    "architectures deadLetterConfig description environment memorySize reservedConcurrentExecutions role runtime timeout",
    "code handler name publish s3Bucket s3Key s3ObjectVersion skipDestroy sourceCodeHash",
    "loggingConfig tags tagsAll vpcConfig",
  ].flatMap((names) => names.split(" ")),
);

/** Lambda's defaults, which SST sets explicitly. */
const defaults: Properties = { packageType: "Zip", ephemeralStorage: { size: 512 } };

const object = (value: Json | undefined): Properties => (isProperties(value) ? value : {});
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Removes missing and empty properties. Returns `undefined` if none are left. */
function filled(properties: { readonly [key: string]: Json | undefined }): Properties | undefined {
  const entries = Object.entries(properties).flatMap(([key, value]): [string, Json][] => {
    const empty =
      value === undefined || value === null || value === "" || (isProperties(value) && !Object.keys(value).length);
    return empty ? [] : [[key, value]];
  });
  return entries.length ? Object.fromEntries(entries) : undefined;
}

function source(build: RawBuild | undefined): Properties {
  if (!build) return {};
  const { architecture, ...options } = build.properties;
  const from: Properties = build.bundle
    ? { bundle: { folder: build.bundle, handler: build.handler } }
    : { handler: build.handler };
  return {
    ...from,
    ...filled({ build: filled(options), links: filled(build.links) }),
    ...(build.copyFiles.length ? { copyFiles: build.copyFiles.map((copy) => ({ ...copy })) } : {}),
  };
}

/** Returns the other inputs of a function, so that the graph has every input that changes how it runs. */
function others(inputs: Properties): Properties {
  const said = ([name, value]: [string, Json]) =>
    !folded.has(name) &&
    !(Array.isArray(value) && value.length === 0) &&
    JSON.stringify(value) !== JSON.stringify(defaults[name]);
  return Object.fromEntries(Object.entries(inputs).filter(said));
}

function entryOf(fn: RawResource, graph: RawGraph, role: RawResource | undefined): Properties {
  const { inputs, outputs } = fn;
  const isTarget = (reference: Json | undefined) => reference === outputs.arn || reference === outputs.name;
  const permissions = graph.resources.filter(
    (resource) => resource.type === "aws:lambda/permission:Permission" && isTarget(resource.inputs.function),
  );
  const streams = graph.resources.some(
    ({ type, inputs: url }) =>
      type === "aws:lambda/functionUrl:FunctionUrl" &&
      isTarget(url.functionName) &&
      url.invokeMode === "RESPONSE_STREAM",
  );
  const variables = Object.entries(object(object(inputs.environment).variables));
  const managed = list(role?.inputs.managedPolicyArns).map((arn) => String(arn).split("/").at(-1) ?? "");
  const invokers = permissions.map((permission) =>
    [permission.inputs.principal, permission.inputs.sourceArn].filter(Boolean).join(" "),
  );
  return {
    ...source(graph.builds.find(({ functionID }) => `${functionID}Function` === fn.name)),
    ...filled(others(inputs)),
    ...filled({
      description: inputs.description,
      runtime: inputs.runtime,
      architecture: list(inputs.architectures)[0],
      memory: inputs.memorySize,
      timeout: inputs.timeout,
      concurrency: inputs.reservedConcurrentExecutions,
      vpc: inputs.vpcConfig,
      streaming: streams || undefined,
      deadLetter: object(inputs.deadLetterConfig).targetArn,
      environment: Object.fromEntries(variables.filter(([name]) => !sstEnvironment.has(name))),
    }),
    ...(role ? { policy: statementsOf(role, graph) } : { role: inputs.role ?? null }),
    ...(managed.some((name) => name !== loggingPolicy)
      ? { managedPolicies: managed.filter((name) => name !== loggingPolicy) }
      : {}),
    ...filled({ permissionsBoundary: role?.inputs.permissionsBoundary }),
    invokedBy: [...new Set(invokers)].sort(),
  };
}

/**
 * Merges each function with its build, links, role and permissions into one entry.
 * @returns the entries by name, and the resources that they replace
 */
export function normaliseFunctions(graph: RawGraph): { functions: Properties; used: readonly RawResource[] } {
  const functions = graph.resources.filter(({ type }) => type === "aws:lambda/function:Function");
  const roles = new Map(
    graph.resources.filter(({ type }) => type === "aws:iam/role:Role").map((role) => [role.outputs.arn, role]),
  );
  const used = new Set<RawResource>();
  const entries = functions.map((fn): [string, Json] => {
    // A role that several functions share remains a separate resource.
    const shared = functions.filter(({ inputs }) => inputs.role === fn.inputs.role).length > 1;
    const role = shared ? undefined : roles.get(fn.inputs.role);
    for (const each of role ? [role, ...policiesOf(role, graph)] : []) used.add(each);
    return [fn.name, entryOf(fn, graph, role)];
  });
  return { functions: Object.fromEntries(entries), used: [...used] };
}
