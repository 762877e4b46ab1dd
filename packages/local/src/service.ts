import type { Addresses } from "./addresses.ts";
import type { CloudOptions } from "./cloud-options.ts";
import type { ResolvedFunction, ResolvedGraph } from "./graph/graph.ts";
import type { Deliver, Emulator, Log, Principals } from "./service-types.ts";
import type { ResourceRules } from "./support/rules.ts";

/**
 * A part of AWS that the local cloud emulates. To add one, write a folder that exports it, and add it to the list in
 * `services.ts`.
 */
export interface Service<Part extends Emulator | undefined = Emulator | undefined> {
  /** The resource types of the graph that it implements, with the support for their properties. */
  readonly types: Readonly<Record<string, ResourceRules>>;
  readonly support: Support;
  /** Starts it. Returns undefined if there is nothing to run, such as a distribution that the graph does not have. */
  start(ground: Ground): Part | Promise<Part>;
}

/** Section of the support table in the README. */
export interface Support {
  readonly title: string;
  /** What implements it. */
  readonly implementation: string;
  /** One row each. */
  readonly supported: readonly string[];
  /** Unsupported features, one row each, with what happens when a program uses one. */
  readonly unsupported: Readonly<Record<string, string>>;
}

/** What all services share. */
export interface Ground extends Pick<CloudOptions, "root" | "dataFolder"> {
  readonly options: Omit<CloudOptions, "graphFile">;
  readonly graph: ResolvedGraph;
  readonly addresses: Addresses;
  readonly principals: Principals;
  readonly log: Log;
  readonly onAllowed: CloudOptions["onAllowed"] | undefined;
  /** Delivers to queues, topics and functions, also of services that start later. */
  readonly deliver: Deliver;
  /** Returns the environment that gives a function the endpoints of the services and its credentials. */
  environment(fn: ResolvedFunction): Record<string, string>;
  /**
   * Returns a running service. To use one that starts later, call this when it is needed, not in `start`.
   * @throws if the service has not started
   */
  get<Part extends Emulator | undefined>(service: Service<Part>): Part;
}

/** Creates an empty registry of running services. */
export function createRegistry() {
  const parts = new Map<Service, Emulator | undefined>();
  return {
    add: (service: Service, part: Emulator | undefined) => void parts.set(service, part),
    get<Part extends Emulator | undefined>(service: Service<Part>): Part {
      if (!parts.has(service)) throw new Error(`${service.support.title} has not started.`);
      // `add` stores what the service's `start` returned.
      return parts.get(service) as Part;
    },
  };
}
