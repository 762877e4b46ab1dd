import type { Graph, ResolvedGraph } from "./graph/graph.ts";
import { resolveGraph } from "./graph/load.ts";
import { freePorts } from "./ports.ts";
import type { Credentials } from "./principals.ts";
import type { Emulator } from "./service-types.ts";

/** Ports of a cloud's servers. */
export interface Addresses {
  /** Port of the distribution. */
  readonly edge: number;
  readonly mail: number;
  readonly sqs: number;
  /** Ports of the APIs, by API name. */
  readonly api: Readonly<Record<string, number>>;
}

/**
 * Chooses the ports before the graph is resolved, because the URLs of APIs, queues and the distribution are values in
 * the graph.
 */
export async function chooseAddresses(
  { resources }: Graph,
  { port = 0, mailPort = 0 }: { readonly port?: number | undefined; readonly mailPort?: number | undefined },
): Promise<Addresses> {
  const apis = Object.keys(resources["aws:apigatewayv2:Api"] ?? {});
  const [edge = 0, mail = 0, sqs = 0, ...rest] = await freePorts(3 + apis.length);
  // Without a distribution, users open the first API, so it gets the known port.
  const known = resources["aws:cloudfront:Distribution"] ? 0 : port;
  const api = Object.fromEntries(apis.map((name, i) => [name, (i === 0 && known) || (rest[i] ?? 0)]));
  return { edge: port || edge, mail: mailPort || mail, sqs, api };
}

/** Resolves the graph with these addresses and passwords. */
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

/**
 * Endpoint for services that are not emulated. Nothing listens on this port, so calls to them do not leave the machine.
 */
const nowhere = "http://127.0.0.1:9";

/**
 * Returns the environment variables that an SDK client or another AWS tool needs to call these services with these
 * keys.
 */
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
