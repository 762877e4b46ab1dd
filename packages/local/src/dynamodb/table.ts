import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";

/** An index in the graph's format. */
export interface IndexInputs {
  readonly name: string;
  readonly hashKey?: string;
  readonly rangeKey?: string;
  readonly projectionType: string;
  readonly nonKeyAttributes?: readonly string[];
}

interface TableInputs {
  readonly hashKey: string;
  readonly rangeKey: string;
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
  readonly globalSecondaryIndexes: readonly IndexInputs[];
  readonly localSecondaryIndexes: readonly IndexInputs[];
  readonly streamEnabled: boolean;
  readonly streamViewType: string;
  readonly streamArn: string;
  readonly ttl: { readonly attributeName?: string; readonly enabled?: boolean };
}

/** A table of the graph. */
export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly hashKey: string;
  readonly rangeKey: string | undefined;
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
  readonly globalIndexes: readonly IndexInputs[];
  readonly localIndexes: readonly IndexInputs[];
  /** Undefined if the table has no stream. */
  readonly stream: { readonly arn: string; readonly viewType: string } | undefined;
  readonly ttlAttribute: string | undefined;
}

function tableOf(resource: Resource): Table {
  const inputs = inputsOf<TableInputs>(resource);
  const { id, arn, streamArn, ttl } = inputs;
  if (!arn || !inputs.hashKey) throw new Error(`The table ${resource.name} of the graph has no ARN or no hash key.`);
  return {
    name: id,
    arn,
    hashKey: inputs.hashKey,
    rangeKey: inputs.rangeKey,
    attributes: inputs.attributes ?? [],
    globalIndexes: inputs.globalSecondaryIndexes ?? [],
    localIndexes: inputs.localSecondaryIndexes ?? [],
    stream:
      inputs.streamEnabled && streamArn
        ? { arn: streamArn, viewType: inputs.streamViewType ?? "NEW_AND_OLD_IMAGES" }
        : undefined,
    ttlAttribute: ttl?.enabled === false ? undefined : ttl?.attributeName,
  };
}

export const tablesOf = (graph: ResolvedGraph): Table[] => graph.all("aws:dynamodb:Table").map(tableOf);
