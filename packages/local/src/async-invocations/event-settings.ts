import { deliveryAction } from "../deliver.ts";
import type { ResolvedFunction, ResolvedGraph } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Log } from "../service-types.ts";
import { requireGrants } from "../streams/event-source-mapping.ts";

interface EventInvokeConfig {
  readonly functionName: string;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeInSeconds: number;
  readonly destinationConfig: {
    readonly onFailure?: { readonly destination?: string };
    readonly onSuccess?: { readonly destination?: string };
  };
}

/** Settings of a function's asynchronous events. */
export interface EventSettings {
  /** Number of retries after the function has failed. */
  readonly retries: number;
  readonly maximumAgeSeconds: number;
  /** ARNs */
  readonly onFailure: string | undefined;
  readonly onSuccess: string | undefined;
  readonly deadLetter: string | undefined;
}

/** AWS's defaults. */
const defaults = { retries: 2, maximumAgeSeconds: 6 * 60 * 60 };

/**
 * Returns a function that reads the settings of asynchronous events from a function's event invoke configuration and
 * dead-letter queue. The log names destinations of unsupported kinds.
 * @throws MappingError for a destination that the function's role may not deliver to, as AWS does
 */
export function eventSettingsOf(graph: ResolvedGraph, log: Log): (fn: ResolvedFunction) => EventSettings {
  function reachable(fn: ResolvedFunction, target: string | undefined): string | undefined {
    if (target === undefined) return undefined;
    const action = deliveryAction(target);
    if (action) requireGrants({ name: fn.name, function: fn }, [action], target);
    else log.warn("lambda", `not supported: the destination ${target} of ${fn.name}`);
    return action && target;
  }

  const configs = graph.all("aws:lambda:FunctionEventInvokeConfig").map((resource) => {
    const config = inputsOf<EventInvokeConfig>(resource);
    return { config, fn: graph.functionOf(config.functionName ?? "") };
  });
  const settings = new Map(
    graph.functions.map((fn): [string, EventSettings] => {
      const config = configs.find((each) => each.fn === fn)?.config;
      const own = {
        retries: config?.maximumRetryAttempts ?? defaults.retries,
        maximumAgeSeconds: config?.maximumEventAgeInSeconds ?? defaults.maximumAgeSeconds,
        onFailure: reachable(fn, config?.destinationConfig?.onFailure?.destination),
        onSuccess: reachable(fn, config?.destinationConfig?.onSuccess?.destination),
        deadLetter: reachable(fn, fn.deadLetter),
      };
      return [fn.name, own];
    }),
  );
  return (fn) =>
    settings.get(fn.name) ?? { ...defaults, onFailure: undefined, onSuccess: undefined, deadLetter: undefined };
}
