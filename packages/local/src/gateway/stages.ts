import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import { createThrottle, type Throttle, type ThrottleSettings } from "./throttle.ts";

interface StageInputs {
  readonly apiId: string;
  readonly defaultRouteSettings: ThrottleSettings;
  readonly routeSettings: readonly (ThrottleSettings & { readonly routeKey: string })[];
}

/** A stage of an API. */
export interface Stage {
  readonly name: string;
  /** Returns the route's throttle. Each route has its own, with the route's settings or the stage's. */
  throttleOf(routeKey: string): Throttle;
}

/** The stage of a request, and the path within the stage. */
export interface StagePath {
  readonly stage: Stage;
  readonly path: string;
}

function createStage(name: string, { defaultRouteSettings = {}, routeSettings = [] }: Partial<StageInputs>): Stage {
  const buckets = new Map<string, Throttle>();
  return {
    name,
    throttleOf(routeKey) {
      const own = routeSettings.find((settings) => settings.routeKey === routeKey);
      const bucket = buckets.get(routeKey) ?? createThrottle({ ...defaultRouteSettings, ...own });
      buckets.set(routeKey, bucket);
      return bucket;
    },
  };
}

const defaultStage = "$default";

/**
 * Returns a function that finds the stage of a path: the stage that the first segment names, otherwise `$default`,
 * which is not part of the path.
 */
export function createStages(graph: ResolvedGraph, api: Resource): (path: string) => StagePath | undefined {
  const inputs = graph.all("aws:apigatewayv2:Stage").map((stage) => inputsOf<StageInputs>(stage));
  const own = inputs.filter(({ apiId }) => apiId === api.id);
  const stages = own.map((stage) => createStage(stage.inputName ?? defaultStage, stage));
  // Without stages in the graph, assume the `$default` stage, which SST creates for every HTTP API.
  if (stages.length === 0) stages.push(createStage(defaultStage, {}));
  return (path) => {
    const [, first] = path.split("/");
    const named = stages.find(({ name }) => name === first && name !== defaultStage);
    if (named) return { stage: named, path: path.slice(named.name.length + 1) || "/" };
    const stage = stages.find(({ name }) => name === defaultStage);
    return stage && { stage, path };
  };
}
