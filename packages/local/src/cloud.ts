import path from "node:path";
import { chooseAddresses, resolveAt, sdkEnvironment } from "./addresses.ts";
import { once } from "./closing.ts";
import type { CloudOptions } from "./cloud-options.ts";
import { takeDataFolder } from "./data-folder.ts";
import { createDeliver } from "./deliver.ts";
import type { Graph, ResolvedFunction, ResolvedGraph } from "./graph/graph.ts";
import { readGraph } from "./graph/load.ts";
import { createLog } from "./log.ts";
import { createPasswords } from "./passwords.ts";
import { type Credentials, createPrincipals } from "./principals.ts";
import { createRegistry, type Ground, type Service } from "./service.ts";
import type { Emulator } from "./service-types.ts";
import { type Parts, partsOf, services } from "./services.ts";
import { inWords, unsupported } from "./support/unsupported.ts";

/** A running local cloud with its services, such as `cloud.dynamo`. */
export interface Cloud extends Parts {
  /** URL that users open: the distribution, or the first API in a program without one. Empty if there is neither. */
  readonly url: string;
  /** URLs of the program's APIs, by their names in the graph. */
  readonly apiUrls: Readonly<Record<string, string>>;
  readonly mailUrl: string;
  readonly graph: ResolvedGraph;
  /** Environment of an AWS tool that calls this cloud as the developer: endpoints, region and keys. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Boots a local cloud from the resource graph in a file, as `bootCloud` does. */
export const startCloud = async (options: CloudOptions) => bootCloud(readGraph(options.graphFile), options);

/**
 * Boots a local cloud from a resource graph. The log names the resources that are not supported. When the promise
 * resolves, every service answers. If a service fails to start, the services that have started are closed.
 * @throws DataFolderInUseError
 */
export async function bootCloud(description: Graph, options: Omit<CloudOptions, "graphFile">): Promise<Cloud> {
  const { root, dataFolder, onAllowed } = options;
  const folder = takeDataFolder(dataFolder);
  const log = createLog({ console: options.console, file: path.join(dataFolder, `${description.app}.log`) });
  const running: Emulator[] = [];
  const close = once(async () => {
    for (const part of running.toReversed()) await part.close();
    await log.close();
    folder.release();
  });

  try {
    for (const each of unsupported(description)) log.warn("cloud", inWords(each));
    const addresses = await chooseAddresses(description, options);
    const graph = resolveAt(description, addresses, createPasswords(dataFolder));
    const { principals, developer, credentialsOf } = createPrincipals(graph, dataFolder);
    const environmentFor = (keys: Credentials) => sdkEnvironment(running, graph.region, keys);
    const environment = (fn: ResolvedFunction) => environmentFor(credentialsOf(fn));
    const { add, get } = createRegistry();
    const shared = { options, root, dataFolder, onAllowed, graph, addresses, principals, log };
    const ground: Ground = { ...shared, deliver: createDeliver(running), environment, get };
    for (const service of Object.values<Service>(services)) {
      const part = await service.start(ground);
      add(service, part);
      if (part) running.push(part);
    }
    const parts = partsOf(get);
    const apiUrls = parts.gateway.urls;
    const url = parts.edge?.url ?? Object.values(apiUrls)[0] ?? "";
    return { ...parts, url, apiUrls, mailUrl: parts.mailbox.url, graph, environment: environmentFor(developer), close };
  } catch (error) {
    await close();
    throw error;
  }
}
