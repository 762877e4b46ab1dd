import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Graph, GraphFunction, Statement } from "@daybook/local/graph/graph";
import type { RawGraph } from "@daybook/local/graph/raw";
import { synthesise } from "@daybook/local/graph/synthesise";
import { inject } from "vitest";
import { root } from "../../scripts/lib/command.ts";

export const graphFile = path.join(root, "infra", "graph.local.json");

/** Reads the committed graph. */
export async function readGraph(): Promise<Graph> {
  return JSON.parse(await readFile(graphFile, "utf8"));
}

async function graphOf(mode: "deploy" | "dev", stage: string): Promise<RawGraph> {
  const response = await fetch(`${inject("synthesisUrl")}/${mode}/${stage}`);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Returns the resources that the program registers for each stage. */
export async function synthesiseStages<const Stages extends readonly string[]>(
  ...stages: Stages
): Promise<{ [Index in keyof Stages]: RawGraph }> {
  const graphs = await Promise.all(stages.map((stage) => graphOf("deploy", stage)));
  // The tuple type reflects the number and order of the stages.
  return graphs as { [Index in keyof Stages]: RawGraph };
}

/** Returns the resources that `sst dev` registers for a stage. */
export const synthesiseDev = (stage: string): Promise<RawGraph> => graphOf("dev", stage);

/**
 * Returns the resources of the next deployment of a stage. SST generates new names, which Pulumi ignores for existing
 * resources.
 */
export async function synthesiseAgain(deployed: RawGraph, { dev = false, folder = root } = {}): Promise<RawGraph> {
  const again = { seed: 8, deployed: [deployed] };
  const [graph] = await synthesise({ root: folder, stages: [deployed.stage], dev, sites: ["packages/web"], ...again });
  if (!graph) throw new Error(`There is no graph of ${deployed.stage}`);
  return graph;
}

/**
 * Returns a policy's value as an array. The assertion is needed because `Array.isArray` does not narrow readonly
 * arrays.
 */
export const list = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Item];
};

/** Returns a function of the graph. Throws if there is none of that name. */
export function functionNamed(graph: Graph, name: string): GraphFunction {
  const fn = graph.functions[name];
  if (!fn) throw new Error(`The graph has no function ${name}`);
  return fn;
}

/** Formats statements as text: `GetItem, PutItem on TableTable`. */
export function sentences(statements: readonly Statement[] = []): string[] {
  return statements.map(({ Effect, Action, Resource, Condition }) => {
    const actions = list(Action).join(", ");
    const resources = list(Resource)
      .join(", ")
      .replaceAll(/\$\{(\w+)\.arn\}/g, "$1");
    const condition = Condition ? ` if ${JSON.stringify(Condition)}` : "";
    return `${Effect === "Deny" ? "not " : ""}${actions} on ${resources}${condition}`;
  });
}
