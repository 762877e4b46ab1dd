import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const Graph = z.object({
  resources: z.object({
    "aws:lambda:EventSourceMapping": z.record(
      z.string(),
      z.object({
        parallelizationFactor: z.number().default(1),
        scalingConfig: z.object({ maximumConcurrency: z.number() }).optional(),
      }),
    ),
  }),
});

/**
 * Returns the maximum concurrency of queues and streams, assuming one shard per stream. It is counted in the committed
 * graph, whose stage has every queue.
 */
export function backgroundConcurrency(root: string): number {
  const { resources } = Graph.parse(JSON.parse(readFileSync(path.join(root, "infra/graph.local.json"), "utf8")));
  return Object.values(resources["aws:lambda:EventSourceMapping"])
    .map(({ scalingConfig, parallelizationFactor }) => scalingConfig?.maximumConcurrency ?? parallelizationFactor)
    .reduce((sum, each) => sum + each, 0);
}
