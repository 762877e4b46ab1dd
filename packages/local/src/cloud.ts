import path from "node:path";
import type { Writable } from "node:stream";
import { type Addresses, chooseAddresses, resolveAt, sdkEnvironment } from "./addresses.ts";
import { type LocalCognito, startCognito } from "./cognito/cognito.ts";
import { takeDataFolder } from "./data-folder.ts";
import { createDeliver } from "./destinations.ts";
import { type Dynamo, type DynamoSettings, startDynamo } from "./dynamodb/dynamodb.ts";
import { startInvalidations } from "./edge/cache/invalidations.ts";
import { type Edge, startEdge } from "./edge/edge.ts";
import { startGateway } from "./gateway/gateway.ts";
import type { ResolvedFunction, ResolvedGraph } from "./graph/graph.ts";
import { readGraph } from "./graph/load.ts";
import { type AsyncInvocations, startAsyncInvocations } from "./lambda/async/async-invocations.ts";
import { startLambdaApi } from "./lambda/front.ts";
import { type Lambda, startLambda } from "./lambda/lambda.ts";
import { createLog } from "./log.ts";
import { type LocalMailbox, startMailbox } from "./mailbox/mailbox.ts";
import { createPasswords } from "./passwords.ts";
import { type Credentials, createPrincipals } from "./principals.ts";
import { startQueueMappings } from "./queues/event-source-mappings.ts";
import { startQueues } from "./queues/queues.ts";
import { startBucketNotifications } from "./s3/notifications.ts";
import { type S3, startS3 } from "./s3/s3.ts";
import { type Scheduler, startScheduler } from "./scheduler/scheduler.ts";
import type { AsyncInvoker, Deliver, Emulator, Invoker, Log, Principal, Principals } from "./service-types.ts";
import { type Ses, startSes } from "./ses/ses.ts";
import { type Sns, startSns } from "./sns/sns.ts";
import { type StreamMappings, startStreamMappings } from "./streams/streams.ts";
import { inWords, unsupported } from "./support.ts";

export interface CloudOptions {
  /** The resource graph of a stage, written by `npm run synth`. */
  readonly graphFile: string;
  /** Base folder of the paths of handlers, bundles and files in the graph. */
  readonly root: string;
  /** Holds all data. One cloud may use it at a time. */
  readonly dataFolder: string;
  /** Bundle cache. Several clouds may share it. */
  readonly cacheFolder: string;
  /** Port of the distribution, or of the first API in a program without one. 0 picks a free port. */
  readonly port?: number;
  /** Port of the mailbox. 0 picks a free port. */
  readonly mailPort?: number;
  /** Stream that shows the log. The log is also written to `<dataFolder>/<app>.log`. */
  readonly console?: Writable;
  /** Bundles handlers again when a source file changes. */
  readonly watch?: boolean;
  /** Maximum number of concurrent invocations in the account. A new AWS account has 10. Unlimited by default. */
  readonly accountConcurrency?: number;
  /** URL of a server for the site. It replaces the site's build. */
  readonly siteUrl?: string;
  /** DynamoDB engine, the delay of its global indexes, and the minimum duration of its transactions. */
  readonly dynamoDb?: DynamoSettings;
  /** Duration of an invalidation of the distribution in milliseconds. One second by default. */
  readonly invalidationMs?: number;
  /** Returns the properties that `/__local` serves in addition to the mailbox's address. Called for each request. */
  readonly about?: () => Readonly<Record<string, unknown>>;
  /** Called for every call that a policy allowed. */
  readonly onAllowed?: (principal: Principal, action: string, resource: string) => void;
}

/** A running local cloud. */
export interface Cloud {
  /** URL that users open: the distribution, or the first API in a program without one. Empty if there is neither. */
  readonly url: string;
  /** URLs of the program's APIs, by their names in the graph. */
  readonly apiUrls: Readonly<Record<string, string>>;
  readonly mailUrl: string;
  readonly graph: ResolvedGraph;
  /** Environment of an AWS tool that calls this cloud as the developer: endpoints, region and keys. */
  readonly environment: Readonly<Record<string, string>>;
  readonly mailbox: LocalMailbox;
  readonly dynamo: Dynamo;
  readonly s3: S3;
  readonly ses: Ses;
  readonly cognito: LocalCognito;
  readonly sns: Sns;
  readonly lambda: Lambda;
  /** Lambda's asynchronous invocations. */
  readonly asyncInvocations: AsyncInvocations;
  readonly scheduler: Scheduler;
  readonly streams: StreamMappings;
  /** The distribution, whose cache can be invalidated. Undefined in a program without one. */
  readonly edge: Edge | undefined;
  close(): Promise<void>;
}

/** Dependencies shared by the parts of a cloud. */
interface Ground {
  readonly options: CloudOptions;
  readonly graph: ResolvedGraph;
  readonly addresses: Addresses;
  readonly principals: Principals;
  readonly log: Log;
  /** Returns the environment that gives a function the endpoints of the services and its credentials. */
  environment(fn: ResolvedFunction): Record<string, string>;
  /** Registers a started part. Parts are closed with the cloud, in reverse order of their start. */
  keep<Part extends Emulator>(part: Part): Part;
}

/** Starts the services that are called with an SDK. */
async function startServices(
  { options, graph, addresses, principals, log, keep }: Ground,
  invoker: Invoker & AsyncInvoker,
  invalidate: Edge["invalidate"],
) {
  const { dataFolder, root, onAllowed, invalidationMs = 1_000 } = options;
  const shared = { graph, principals, dataFolder, log, ...(onAllowed && { onAllowed }) };
  const mailbox = keep(await startMailbox({ dataFolder, port: addresses.mail, log }));
  const dynamo = keep(await startDynamo({ ...shared, ...options.dynamoDb }));
  const queues = keep(await startQueues({ ...shared, port: addresses.sqs }));
  const s3 = keep(await startS3({ ...shared, root }));
  const cognito = keep(await startCognito({ ...shared, mailbox, invoker }));
  const sns = keep(await startSns({ ...shared, queues, invoker }));
  const ses = keep(await startSes({ ...shared, mailbox, topics: sns }));
  keep(await startLambdaApi({ ...shared, invoker }));
  keep(await startInvalidations({ ...shared, delayMs: invalidationMs, invalidate }));
  return { mailbox, dynamo, queues, s3, ses, cognito, sns };
}

type Services = Awaited<ReturnType<typeof startServices>>;

/** Starts the event sources of functions. */
async function startSources(
  { options, graph, log, keep }: Ground,
  { dynamo, queues, s3 }: Services,
  invoker: Lambda,
  deliver: Deliver,
) {
  const { dataFolder } = options;
  const streams = keep(await startStreamMappings({ graph, dynamo, invoker, deliver, dataFolder, log }));
  keep(await startQueueMappings({ graph, queues, invoker, log }));
  const scheduler = keep(startScheduler({ graph, deliver, dataFolder, log }));
  keep(startBucketNotifications({ graph, s3, deliver, log }));
  return { streams, scheduler };
}

/** Starts the HTTP entry points: the APIs, and the distribution in front of them if the program has one. */
async function startFronts(
  { options, graph, addresses, principals, log, keep }: Ground,
  { cognito, mailbox, s3 }: Services,
  invoker: Lambda,
) {
  const { root, siteUrl, onAllowed } = options;
  const access = { graph, principals, jwks: cognito.jwks, log, onAllowed };
  const gateway = keep(await startGateway({ ...access, invoker, ports: addresses.api }));
  const apiUrls = gateway.urls;
  if (graph.all("aws:cloudfront:Distribution").length === 0)
    return { url: Object.values(apiUrls)[0] ?? "", apiUrls, edge: undefined };
  const siteOverride = siteUrl === undefined ? {} : { siteOverride: new URL(siteUrl) };
  const about = () => ({ ...options.about?.(), mailUrl: mailbox.url });
  const ports = { gateway, invoker, s3, log, about, ...siteOverride };
  const edge = keep(await startEdge({ graph, root, port: addresses.edge, ...ports }));
  return { url: edge.url, apiUrls, edge };
}

async function startParts(ground: Ground) {
  const { options, graph, log, environment, keep } = ground;
  const { root, cacheFolder, dataFolder, watch = false, accountConcurrency } = options;
  // Triggers call functions, and functions call the services. The invoker and the edge are therefore passed on before
  // they exist.
  let edge: Edge | undefined;
  let lambda: Lambda | undefined;
  let asyncInvocations: AsyncInvocations | undefined;
  const early = "Not started yet";
  const invoker: Invoker & AsyncInvoker = {
    invoke: (...call) =>
      lambda?.invoke(...call) ??
      Promise.resolve({ ok: false, error: { errorType: "ServiceException", errorMessage: early }, refusal: 500 }),
    invokeAsync: (...call) => asyncInvocations?.invokeAsync(...call) ?? Promise.reject(new Error(early)),
  };
  const services = await startServices(ground, invoker, (paths) => edge?.invalidate(paths) ?? 0);
  lambda = keep(await startLambda({ graph, root, cacheFolder, watch, log, environment, accountConcurrency }));
  const deliver = createDeliver({ queues: services.queues, topics: services.sns, functions: invoker });
  asyncInvocations = keep(startAsyncInvocations({ graph, invoker: lambda, deliver, dataFolder, log }));
  const sources = await startSources(ground, services, lambda, deliver);
  const fronts = await startFronts(ground, services, lambda);
  edge = fronts.edge;
  return { ...services, ...sources, ...fronts, mailUrl: services.mailbox.url, lambda, asyncInvocations };
}

/**
 * Boots a local cloud from a resource graph. The log names the resources that are not supported. When the promise
 * resolves, every part answers. If a part fails to start, the parts that have started are closed.
 * @throws DataFolderInUseError
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { graphFile, dataFolder } = options;
  const description = readGraph(graphFile);
  const folder = takeDataFolder(dataFolder);
  const log = createLog({ console: options.console, file: path.join(dataFolder, `${description.app}.log`) });
  const running: Emulator[] = [];
  const keep = <Part extends Emulator>(part: Part): Part => {
    running.unshift(part);
    return part;
  };
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (const emulator of running) await emulator.close();
    await log.close();
    folder.release();
  };
  const close = () => (closing ??= closeAll());

  try {
    for (const each of unsupported(description)) log.warn("cloud", inWords(each));
    const addresses = await chooseAddresses(description, options);
    const graph = resolveAt(description, addresses, createPasswords(dataFolder));
    const { principals, developer, credentialsOf } = createPrincipals(graph, dataFolder);
    const environmentFor = (keys: Credentials) => sdkEnvironment(running, graph.region, keys);
    const environment = (fn: ResolvedFunction) => environmentFor(credentialsOf(fn));
    const parts = await startParts({ options, graph, addresses, principals, log, environment, keep });
    return { ...parts, graph, environment: environmentFor(developer), close };
  } catch (error) {
    await close();
    throw error;
  }
}
