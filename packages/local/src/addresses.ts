import type { Graph, ResolvedGraph } from "./graph/graph.ts";
import { resolveGraph } from "./graph/load.ts";
import { freePorts } from "./ports.ts";
import type { Credentials } from "./principals.ts";
import type { Emulator } from "./service-types.ts";

/** Where the parts of a cloud listen. */
export interface Addresses {
  /** Of the distribution. */
  readonly edge: number;
  readonly mail: number;
  readonly sqs: number;
  /** By API name. */
  readonly api: Readonly<Record<string, number>>;
}

/** Ports are chosen before the graph is resolved, for URLs of APIs, queues and the distribution are values in it. */
export async function chooseAddresses(
  { resources }: Graph,
  { port = 0, mailPort = 0 }: { readonly port?: number | undefined; readonly mailPort?: number | undefined },
): Promise<Addresses> {
  const apis = Object.keys(resources["aws:apigatewayv2:Api"] ?? {});
  const [edge = 0, mail = 0, sqs = 0, ...rest] = await freePorts(3 + apis.length);
  // Without a distribution the first API is what people open, and gets the port that they know.
  const known = resources["aws:cloudfront:Distribution"] ? 0 : port;
  const api = Object.fromEntries(apis.map((name, i) => [name, (i === 0 && known) || (rest[i] ?? 0)]));
  return { edge: port || edge, mail: mailPort || mail, sqs, api };
}

/** The graph with its URLs at these addresses, and with these passwords. */
export function resolveAt(
  graph: Graph,
  { api, edge, sqs }: Addresses,
  password: (name: string, length: number) => string,
): ResolvedGraph {
  return resolveGraph(graph, {
    password,
    url(type, name, _inputs, physicalName) {
      if (type === "aws:apigatewayv2:Api") return `http://127.0.0.1:${api[name]}`;
      if (type === "aws:cloudfront:Distribution") return `http://localhost:${edge}`;
      if (type === "aws:sqs:Queue") return `http://127.0.0.1:${sqs}/000000000000/${physicalName}`;
      return undefined;
    },
  });
}

/** An SDK's endpoint when nothing serves it: a call to a service that is not emulated must not leave the machine. */
const nowhere = "http://127.0.0.1:9";

/** What an unmodified SDK client, or another tool of AWS, reads from its environment to reach these services as somebody. */
export function sdkEnvironment(
  services: readonly Emulator[],
  region: string,
  keys: Credentials,
): Record<string, string> {
  return {
    ...Object.assign({}, ...services.map(({ endpoints }) => endpoints)),
    AWS_ENDPOINT_URL: nowhere,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken ?? "",
  };
}
