import { readFileSync } from "node:fs";
import { type Attributes, attributesOf, clientSecretLength, passwordType, shortHash } from "./attributes.ts";
import type { Graph, GraphFunction, ResolvedFunction, ResolvedGraph, Resource } from "./graph.ts";

type Inputs = Readonly<Record<string, unknown>>;

export interface LoadOptions {
  /** Twelve digits. */
  readonly account?: string;
  /**
   * Returns the local URL of a resource that code calls by URL: an API, a function URL, a queue or a distribution. If
   * it returns undefined, the URL keeps AWS's format. Attributes that do not derive from the URL always have AWS's
   * format.
   * @param physicalName name in AWS, which a queue's URL must end with
   */
  url?(type: string, name: string, inputs: Inputs, physicalName: string): string | undefined;
  /**
   * Returns the value of a generated password, by name and length. Without this function, passwords are predictable.
   */
  password?(name: string, length: number): string;
}

/** The graph cannot be loaded: it has an unsupported version, or a reference to a resource that is not in it. */
export class GraphInvalidError extends Error {}

/** The attribute that contains a resource's URL, for the types that have one. */
const urlAttributes: Readonly<Record<string, string>> = {
  "aws:apigatewayv2:Api": "apiEndpoint",
  "aws:cloudfront:Distribution": "url",
  "aws:lambda:FunctionUrl": "functionUrl",
  "aws:sqs:Queue": "url",
};

/** Replaces AWS's URL with a local one, and the attributes that derive from it. */
function withUrl(type: string, attributes: Attributes, url: string | undefined): Attributes {
  const attribute = urlAttributes[type];
  if (!attribute || url === undefined) return attributes;
  const located = { ...attributes, [attribute]: url };
  if (type === "aws:sqs:Queue") return { ...located, id: url };
  if (type === "aws:cloudfront:Distribution") return { ...located, domainName: new URL(url).host };
  return located;
}

/** Returns a resource's name in AWS, within the length limit of every service. */
function physicalNameOf(graph: Graph, type: string, name: string, inputs: Inputs): string {
  const stem = `${graph.app}-${graph.stage}-${name}`;
  const whole = stem.length > 60 ? `${stem.slice(0, 51)}-${shortHash(stem, 8)}` : stem;
  if (type === "aws:s3:Bucket") return whole.toLowerCase();
  return inputs.fifoQueue === true || inputs.fifoTopic === true ? `${whole}.fifo` : whole;
}

/** Matches `${Name.attribute}`, or `${Name.attribute:host}` for the host of a URL. */
const reference = /\$\{([^.{}]+)\.(\w+)(:host)?\}/g;

function createResolver(attributes: ReadonlyMap<string, Attributes>, account: string) {
  const text = (value: string) =>
    value
      .replace(/\$\{account\}/g, account)
      .replace(reference, (whole, name: string, attribute: string, host?: string) => {
        const found = attributes.get(name)?.[attribute];
        if (found === undefined)
          throw new GraphInvalidError(`The graph refers to ${whole}, which is not in the graph.`);
        return host ? new URL(found).host : found;
      });
  const resolve = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), resolve(item)]));
  };
  // Strings remain strings and other values keep their structure, so the result has the same type.
  return <Value>(value: Value): Value => resolve(value) as Value;
}

/** Matches a function's ARN, also inside API Gateway's invoke ARN or before a qualifier. */
const functionArn = /arn:aws:lambda:[^:]+:\d+:function:[^:/]+/;

/**
 * Replaces a graph's references with values. ARNs, ids and the issuer have AWS's formats. Only URLs that code calls are
 * local.
 * @throws GraphInvalidError
 */
export function resolveGraph(
  graph: Graph,
  { account = "000000000000", url, password }: LoadOptions = {},
): ResolvedGraph {
  if (graph.version !== 1)
    throw new GraphInvalidError(`The graph has version ${graph.version}. The local cloud reads version 1.`);
  const { app, stage, region } = graph;
  const attributes = new Map<string, Attributes>();
  const subject = (type: string, name: string, inputs: Inputs) => {
    const physical = physicalNameOf(graph, type, name, inputs);
    const own = attributesOf({ type, physical, seed: `${app}-${stage}-${name}`, inputs, region, account });
    if (password && type === passwordType) return { ...own, name, result: password(name, Number(inputs.length)) };
    if (password && own.clientSecret) return { ...own, name, clientSecret: password(name, clientSecretLength) };
    return { name: physical, ...withUrl(type, own, url?.(type, name, inputs, physical)) };
  };
  for (const [name] of Object.entries(graph.functions)) attributes.set(name, subject("aws:lambda:Function", name, {}));
  for (const [type, resources] of Object.entries(graph.resources)) {
    for (const [name, inputs] of Object.entries(resources)) attributes.set(name, subject(type, name, inputs));
  }
  const resolve = createResolver(attributes, account);

  const functions = Object.entries(graph.functions).map(([name, fn]): ResolvedFunction => {
    const own = attributes.get(name);
    const physicalName = own?.id ?? name;
    const roleArn = `arn:aws:iam::${account}:role/${physicalName}`;
    return { ...resolve<GraphFunction>(fn), name, physicalName, arn: own?.arn ?? "", roleArn };
  });
  const byReference = new Map(functions.flatMap((fn) => [fn.arn, fn.physicalName, fn.name].map((key) => [key, fn])));
  const resources = new Map<string, Resource[]>();
  for (const [type, named] of Object.entries(graph.resources)) {
    const resolved = Object.entries(named).map(([name, inputs]) => {
      const { name: _, ...own } = attributes.get(name) ?? { id: name };
      const inputName = typeof inputs.name === "string" ? { inputName: resolve(inputs.name) } : {};
      return { ...resolve(inputs), ...inputName, ...own, id: own.id ?? name, name };
    });
    resources.set(type, resolved);
  }
  return {
    app,
    stage,
    region,
    account,
    functions,
    routes: resolve(graph.routes),
    types: [...resources.keys()],
    all: (type) => resources.get(type) ?? [],
    functionOf: (wanted) => byReference.get(functionArn.exec(wanted)?.[0] ?? wanted.replace(/:[\w$-]+$/, "")),
  };
}

/** Reads a committed graph without resolving its references. */
export const readGraph = (file: string): Graph => JSON.parse(readFileSync(file, "utf8"));

/**
 * Reads a committed graph and resolves its references.
 * @throws GraphInvalidError
 */
export function loadGraph(file: string, options?: LoadOptions): ResolvedGraph {
  return resolveGraph(readGraph(file), options);
}
