import type { ResolvedFunction, ResolvedGraph, Resource } from "../graph/graph.ts";
import { evaluate } from "../iam/evaluate.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Log } from "../service-types.ts";
import { compileFilter, FilterError } from "./filter.ts";

/** An event source mapping that AWS would refuse to make. */
export class MappingError extends Error {
  override readonly name = "MappingError";
}

interface MappingInputs {
  readonly eventSourceArn: string;
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeInSeconds: number;
  readonly parallelizationFactor: number;
  readonly scalingConfig: { readonly maximumConcurrency?: number };
  readonly startingPosition: string;
  readonly functionResponseTypes: readonly string[];
  readonly filterCriteria: { readonly filters?: readonly { readonly pattern?: unknown }[] };
  readonly destinationConfig: { readonly onFailure?: { readonly destinationArn?: string } };
}

/** Which events of a source a function is given, and how. Durations in seconds; `Infinity` where AWS says -1. */
export interface Mapping {
  readonly name: string;
  readonly sourceArn: string;
  readonly function: ResolvedFunction;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly bisect: boolean;
  readonly partialFailures: boolean;
  readonly retries: number;
  readonly maximumAgeSeconds: number;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  /** How many batches of a shard may be under way at once; those of one item are never. */
  readonly parallelization: number;
  /** How many batches of a queue may be under way at once. */
  readonly maximumConcurrency: number;
  readonly onFailureArn: string | undefined;
  /** Whether the event passes one of the filters; everything does when there is none. */
  wants(event: unknown): boolean;
}

const orInfinity = (limit: number | undefined) => (limit === undefined || limit < 0 ? Number.POSITIVE_INFINITY : limit);

function filterOf(name: string, inputs: Partial<MappingInputs>): Mapping["wants"] {
  try {
    const filters = (inputs.filterCriteria?.filters ?? []).map(({ pattern }) => compileFilter(pattern));
    return (event) => filters.length === 0 || filters.some((matches) => matches(event));
  } catch (error) {
    if (error instanceof FilterError) throw new MappingError(`${name}: its filter is not valid: ${error.message}`);
    throw error;
  }
}

function mappingOf(graph: ResolvedGraph, resource: Resource, defaultBatchSize: number): Mapping {
  const inputs = inputsOf<MappingInputs>(resource);
  const fn = graph.functionOf(inputs.functionName ?? "");
  if (!fn) throw new MappingError(`${resource.name}: the function ${inputs.functionName} is not in the graph`);
  return {
    name: resource.name,
    sourceArn: inputs.eventSourceArn ?? "",
    function: fn,
    batchSize: inputs.batchSize ?? defaultBatchSize,
    windowSeconds: inputs.maximumBatchingWindowInSeconds ?? 0,
    bisect: inputs.bisectBatchOnFunctionError ?? false,
    partialFailures: inputs.functionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
    retries: orInfinity(inputs.maximumRetryAttempts),
    maximumAgeSeconds: orInfinity(inputs.maximumRecordAgeInSeconds),
    startingPosition: inputs.startingPosition === "LATEST" ? "LATEST" : "TRIM_HORIZON",
    parallelization: inputs.parallelizationFactor ?? 1,
    maximumConcurrency: orInfinity(inputs.scalingConfig?.maximumConcurrency),
    onFailureArn: inputs.destinationConfig?.onFailure?.destinationArn,
    wants: filterOf(resource.name, inputs),
  };
}

/** The mappings of the graph whose source has an ARN that begins so, without those that are disabled. */
export function mappingsOf(graph: ResolvedGraph, options: { source: string; batchSize: number; log: Log }): Mapping[] {
  return graph.all("aws:lambda:EventSourceMapping").flatMap((resource) => {
    const inputs = inputsOf<MappingInputs>(resource);
    if (!inputs.eventSourceArn?.startsWith(options.source)) return [];
    if (inputs.enabled === false) {
      options.log.info("mappings", `${resource.name} is disabled in the graph`);
      return [];
    }
    return [mappingOf(graph, resource, options.batchSize)];
  });
}

/**
 * Lambda reads a source with the function's own role, and refuses a mapping whose role may not.
 * @throws MappingError which names what is missing
 */
export function requireGrants(
  mapping: Pick<Mapping, "name" | "function">,
  actions: readonly string[],
  resource: string,
): void {
  const { policy = [], managedPolicies = [], name } = mapping.function;
  // What a managed policy of AWS grants is not in the graph.
  if (managedPolicies.some((arn) => arn.includes(":aws:policy/"))) return;
  const missing = actions.filter((action) => !evaluate(policy, { action, resource }).allowed);
  if (missing.length > 0)
    throw new MappingError(`${mapping.name}: the role of ${name} does not allow ${missing.join(", ")} on ${resource}`);
}
