import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Graph, GraphFunction, Statement } from "@daybook/local/graph/graph";
import type { RawGraph } from "@daybook/local/graph/raw";
import { synthesise } from "@daybook/local/graph/synthesise";
import { root } from "../../scripts/lib/command.ts";

export const graphFile = path.join(root, "infra", "graph.local.json");

/** The committed graph. */
export async function readGraph(): Promise<Graph> {
  return JSON.parse(await readFile(graphFile, "utf8"));
}

const site = "packages/web";

/** What the program registers for each of the stages. */
export async function synthesiseStages<const Stages extends readonly string[]>(
  ...stages: Stages
): Promise<{ [Index in keyof Stages]: RawGraph }> {
  const graphs = await synthesise({ root, stages, sites: [site] });
  // One graph for each stage, in their order: the tuple says how many.
  return graphs as { [Index in keyof Stages]: RawGraph };
}

/** What `sst dev` registers for a stage. */
export async function synthesiseDev(stage: string): Promise<RawGraph> {
  const [graph] = await synthesise({ root, stages: [stage], dev: true, sites: [site] });
  if (!graph) throw new Error(`There is no graph of ${stage}`);
  return graph;
}

/** What the next deployment of a stage registers: SST draws other names, of which Pulumi ignores those that exist. */
export async function synthesiseAgain(deployed: RawGraph, { dev = false, folder = root } = {}): Promise<RawGraph> {
  const again = { seed: 8, deployed: [deployed] };
  const [graph] = await synthesise({ root: folder, stages: [deployed.stage], dev, sites: [site], ...again });
  if (!graph) throw new Error(`There is no graph of ${deployed.stage}`);
  return graph;
}

/** One or many, as policies write them; what is not an array is an `Item`, which TypeScript cannot tell from a readonly array. */
export const list = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Item];
};

/** A function of the graph; the test fails when there is none of that name. */
export function functionNamed(graph: Graph, name: string): GraphFunction {
  const fn = graph.functions[name];
  if (!fn) throw new Error(`The graph has no function ${name}`);
  return fn;
}

/** Statements as sentences: `GetItem, PutItem on TableTable`. */
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
