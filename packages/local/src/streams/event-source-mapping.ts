import type { ResolvedFunction, ResolvedGraph, Resource } from "../graph/graph.ts";
import { evaluate } from "../iam/evaluate.ts";
import { inputsOf } from "../resource-inputs.ts";
import type { Log } from "../service-types.ts";
import { only, type Rules, supported } from "../support/rules.ts";
import { compileFilter, FilterError } from "./filter.ts";

/** An event source mapping that AWS would refuse to create. */
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

/** Both kinds of sources, streams and queues, have this type of mapping. */
export const mappingTypes: Readonly<Record<string, Rules>> = {
  "aws:lambda:EventSourceMapping": {
    ...supported("batchSize", "destinationConfig", "enabled", "eventSourceArn", "filterCriteria", "functionName"),
    ...supported("bisectBatchOnFunctionError", "functionResponseTypes", "maximumBatchingWindowInSeconds"),
    ...supported("maximumRecordAgeInSeconds", "maximumRetryAttempts", "parallelizationFactor", "scalingConfig"),
    startingPosition: only("LATEST", "TRIM_HORIZON"),
    tumblingWindowInSeconds: only(0),
  },
};

/**
 * Selects the events of a source that a function receives, and sets how they are delivered. Durations are in seconds.
 * AWS's -1 is `Infinity`. Example: `maximumRetryAttempts: -1` becomes `retries: Infinity`.
 */
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
  /**
   * Maximum number of concurrent batches per shard. Records of one item are never in two concurrent batches. Example
   * with 2: updates of item B are delivered while a batch of item A runs, if their keys hash to different lanes. A
   * second update of A waits.
   */
  readonly parallelization: number;
  /** Maximum number of concurrent batches of a queue. */
  readonly maximumConcurrency: number;
  readonly onFailureArn: string | undefined;
  /**
   * Returns whether the event matches at least one filter. Without filters, every event matches. Example: the filters
   * INSERT and REMOVE let an INSERT pass and drop a MODIFY.
   */
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

/**
 * Returns the enabled mappings of the graph whose source ARN starts with `source`. Example: `arn:aws:dynamodb:` selects
 * the mappings of table streams.
 */
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
 * Checks that the function's role allows the actions. Lambda reads a source with the function's role, and refuses a
 * mapping whose role lacks a permission. Example: a role without `dynamodb:GetRecords` cannot have a mapping of a table
 * stream.
 * @throws MappingError that names the missing actions
 */
export function requireGrants(
  mapping: Pick<Mapping, "name" | "function">,
  actions: readonly string[],
  resource: string,
): void {
  const { policy = [], managedPolicies = [], name } = mapping.function;
  // The graph does not contain the documents of AWS managed policies, so their grants are unknown. Example: a role with
  // `AWSLambdaDynamoDBExecutionRole` passes the check.
  if (managedPolicies.some((arn) => arn.includes(":aws:policy/"))) return;
  const missing = actions.filter((action) => !evaluate(policy, { action, resource }).allowed);
  if (missing.length > 0)
    throw new MappingError(`${mapping.name}: the role of ${name} does not allow ${missing.join(", ")} on ${resource}`);
}
