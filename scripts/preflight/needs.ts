import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const Named = z.record(z.string(), z.unknown());
const Graph = z.object({
  functions: Named,
  resources: z.object({
    "aws:cloudfront:CachePolicy": Named,
    "aws:cloudfront:ResponseHeadersPolicy": Named,
    "aws:iam:Role": Named,
    "aws:lambda:EventSourceMapping": z.record(
      z.string(),
      z.object({
        parallelizationFactor: z.number().default(1),
        scalingConfig: z.object({ maximumConcurrency: z.number() }).optional(),
      }),
    ),
  }),
});

/** What one stage takes of an account's quotas. */
export interface Needs {
  /** Maximum concurrency of queues and streams, assuming one shard per stream. */
  readonly background: number;
  readonly cachePolicies: number;
  readonly responseHeadersPolicies: number;
  readonly roles: number;
}

const sizeOf = (all: object) => Object.keys(all).length;

/** Counts in the committed graph, whose stage has every queue and function. */
export function needsOfAStage(root: string): Needs {
  const { functions, resources } = Graph.parse(
    JSON.parse(readFileSync(path.join(root, "infra/graph.local.json"), "utf8")),
  );
  return {
    background: Object.values(resources["aws:lambda:EventSourceMapping"])
      .map(({ scalingConfig, parallelizationFactor }) => scalingConfig?.maximumConcurrency ?? parallelizationFactor)
      .reduce((sum, each) => sum + each, 0),
    cachePolicies: sizeOf(resources["aws:cloudfront:CachePolicy"]),
    responseHeadersPolicies: sizeOf(resources["aws:cloudfront:ResponseHeadersPolicy"]),
    // Each function has its own role.
    roles: sizeOf(functions) + sizeOf(resources["aws:iam:Role"]),
  };
}
