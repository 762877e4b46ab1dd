import path from "node:path";
import type { Writable } from "node:stream";
import { type LocalCognito, startCognito } from "./cognito/cognito.ts";
import { takeDataFolder } from "./data-folder.ts";
import { type Dynamo, startDynamo } from "./dynamodb/dynamodb.ts";
import { startEdge } from "./edge/edge.ts";
import type { Emulator, Invoker, Principal } from "./emulator.ts";
import { startGateway } from "./gateway/gateway.ts";
import type { ResolvedGraph } from "./graph/graph.ts";
import { loadGraph } from "./graph/load.ts";
import { type Lambda, startLambda } from "./lambda/lambda.ts";
import { createLog } from "./log.ts";
import { type LocalMailbox, startMailbox } from "./mailbox/mailbox.ts";
import { unsupported } from "./plan.ts";
import { freePorts } from "./ports.ts";
import { type Credentials, createPrincipals } from "./principals.ts";
import { startQueueMappings } from "./queues/mappings.ts";
import { startQueues } from "./queues/queues.ts";
import { startS3 } from "./s3/s3.ts";
import { type Ses, startSes } from "./ses/ses.ts";
import { type StreamMappings, startStreamMappings } from "./streams/streams.ts";

export interface CloudOptions {
  /** The resource graph of a stage, as `npm run synth` wrote it. */
  readonly graphFile: string;
  /** The folder that the graph's handlers, bundles and files are named from. */
  readonly root: string;
  /** Where everything is kept; one cloud at a time. */
  readonly dataFolder: string;
  /** Bundles; clouds may share it. */
  readonly cacheFolder: string;
  /** The edge's port; 0 is any free one. */
  readonly port?: number;
  /** The mailbox's port; 0 is any free one. */
  readonly mailPort?: number;
  /** Where the log is shown; it is always written to `<dataFolder>/daybook.log` too. */
  readonly console?: Writable;
  /** Bundle again on every change of a handler. */
  readonly watch?: boolean;
  /** Serve the site from here instead of from its build. */
  readonly siteUrl?: string;
  /** Hears of every call that a policy allowed. */
  readonly onAllowed?: (principal: Principal, action: string, resource: string) => void;
}

/** A running local cloud. */
export interface Cloud {
  readonly url: string;
  readonly mailUrl: string;
  readonly graph: ResolvedGraph;
  /** What an AWS tool needs to reach it as the developer: endpoints, region, keys. */
  readonly environment: Readonly<Record<string, string>>;
  readonly mailbox: LocalMailbox;
  readonly dynamo: Dynamo;
  readonly ses: Ses;
  readonly cognito: LocalCognito;
  readonly lambda: Lambda;
  readonly streams: StreamMappings;
  close(): Promise<void>;
}

/** A function's endpoints when nothing serves them: a call to a service that is not emulated must not leave the machine. */
const nowhere = "http://127.0.0.1:9";

interface Addresses {
  readonly edge: number;
  readonly mail: number;
  readonly sqs: number;
  /** By API name. */
  readonly api: Readonly<Record<string, number>>;
}

/** Ports are chosen before the graph is resolved, for URLs of APIs, queues and the distribution are values in it. */
async function chooseAddresses(graphFile: string, { port = 0, mailPort = 0 }: CloudOptions): Promise<Addresses> {
  const apis = loadGraph(graphFile)
    .all("aws:apigatewayv2:Api")
    .map((api) => api.name);
  const [edge = 0, mail = 0, sqs = 0, ...rest] = await freePorts(3 + apis.length);
  const api = Object.fromEntries(apis.map((name, i) => [name, rest[i] ?? 0]));
  return { edge: port || edge, mail: mailPort || mail, sqs, api };
}

function loadLocal(graphFile: string, addresses: Addresses): ResolvedGraph {
  return loadGraph(graphFile, {
    url(type, name, _inputs, physicalName) {
      if (type === "aws:apigatewayv2:Api") return `http://127.0.0.1:${addresses.api[name]}`;
      if (type === "aws:cloudfront:Distribution") return `http://localhost:${addresses.edge}`;
      if (type === "aws:sqs:Queue") return `http://127.0.0.1:${addresses.sqs}/000000000000/${physicalName}`;
      return undefined;
    },
  });
}

function environmentFor(
  graph: ResolvedGraph,
  endpoints: Readonly<Record<string, string>>,
  keys: Credentials,
): Record<string, string> {
  return {
    ...endpoints,
    AWS_ENDPOINT_URL: nowhere,
    AWS_REGION: graph.region,
    AWS_DEFAULT_REGION: graph.region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken ?? "",
  };
}

/**
 * Boots a local cloud from a resource graph: every resource that it knows, and by name what it does not.
 * When the promise resolves, everything answers. If a part does not start, those that did are stopped.
 * @throws DataFolderInUseError
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { graphFile, root, dataFolder, cacheFolder, watch = false, siteUrl, onAllowed } = options;
  const folder = takeDataFolder(dataFolder);
  const log = createLog({ console: options.console, file: path.join(dataFolder, "daybook.log") });
  const running: Emulator[] = [];
  const keep = <Started extends Emulator>(emulator: Started): Started => {
    running.unshift(emulator);
    return emulator;
  };
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (const emulator of running) await emulator.close();
    await log.close();
    folder.release();
  };
  const close = () => (closing ??= closeAll());

  try {
    const addresses = await chooseAddresses(graphFile, options);
    const graph = loadLocal(graphFile, addresses);
    for (const { type, names } of unsupported(graph))
      log.warn("cloud", `not carried out here: ${type} (${names.join(", ")})`);
    const { principals, developer, credentialsOf } = createPrincipals(graph, dataFolder);
    const shared = { graph, principals, dataFolder, log, ...(onAllowed && { onAllowed }) };

    // Triggers call functions, and functions call the services: the invoker is handed out before it exists.
    let lambda: Lambda | undefined;
    const invoker: Invoker = {
      invoke: (...call) =>
        lambda?.invoke(...call) ??
        Promise.resolve({ ok: false, error: { errorType: "ServiceException", errorMessage: "Not started yet" } }),
    };
    const mailbox = keep(await startMailbox({ dataFolder, port: addresses.mail, log }));
    const dynamo = keep(await startDynamo(shared));
    const queues = keep(await startQueues({ ...shared, port: addresses.sqs }));
    const s3 = keep(await startS3({ ...shared, root }));
    const ses = keep(await startSes({ ...shared, mailbox }));
    const cognito = keep(await startCognito({ ...shared, mailbox, invoker }));
    const endpoints = Object.assign({}, ...[dynamo, queues, s3, ses, cognito].map((emulator) => emulator.endpoints));
    lambda = keep(
      await startLambda({
        graph,
        root,
        cacheFolder,
        watch,
        log,
        environment: (fn) => environmentFor(graph, endpoints, credentialsOf(fn)),
      }),
    );
    const gateway = keep(await startGateway({ graph, invoker: lambda, jwks: cognito.jwks, log, ports: addresses.api }));
    const streams = keep(
      await startStreamMappings({ graph, dynamo, invoker: lambda, sendToQueue: queues.send, dataFolder, log }),
    );
    keep(await startQueueMappings({ graph, queues, invoker: lambda, log }));
    const edge = keep(
      await startEdge({
        graph,
        root,
        port: addresses.edge,
        gateway,
        invoker: lambda,
        log,
        ...(siteUrl !== undefined && { siteOverride: new URL(siteUrl) }),
      }),
    );
    return {
      url: edge.url,
      mailUrl: mailbox.url,
      graph,
      environment: environmentFor(graph, endpoints, developer),
      ...{ mailbox, dynamo, ses, cognito, lambda, streams, close },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
