import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { GraphRoute, ResolvedFunction, ResolvedGraph, Resource } from "../graph/graph.ts";
import type { Log } from "../service-types.ts";

const account = "000000000000";

export const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:${account}:function:test-local-${name}`;

/** Creates a function for a test's graph, with defaults for the other settings. */
export function testFunction(name: string, settings: Partial<ResolvedFunction>): ResolvedFunction {
  return {
    name,
    physicalName: `test-local-${name}`,
    arn: arnOf(name),
    roleArn: `arn:aws:iam::${account}:role/${name}Role`,
    runtime: "nodejs24.x",
    memory: 128,
    timeout: 3,
    invokedBy: [],
    ...settings,
  };
}

type Inputs = Readonly<Record<string, unknown>>;

/** Creates a small graph. A resource's id defaults to its name. */
export function testGraph(parts: {
  functions?: readonly ResolvedFunction[];
  routes?: Readonly<Record<string, Readonly<Record<string, GraphRoute>>>>;
  resources?: Readonly<Record<string, Readonly<Record<string, Inputs>>>>;
}): ResolvedGraph {
  const { functions = [], routes = {}, resources = {} } = parts;
  const resourceOf = ([name, inputs]: [string, Inputs]): Resource => ({
    ...inputs,
    ...(typeof inputs.name === "string" && { inputName: inputs.name }),
    name,
    id: String(inputs.id ?? name),
  });
  return {
    app: "test",
    stage: "local",
    region: "eu-west-1",
    account,
    functions,
    routes,
    types: Object.keys(resources),
    all: (type) => Object.entries(resources[type] ?? {}).map(resourceOf),
    functionOf: (reference) =>
      functions.find(({ arn, name, physicalName }) => [arn, name, physicalName].includes(reference)),
  };
}

/** Creates a folder with these files. `remove` deletes it. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "local-cloud-"));
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly source: string;
  readonly message: string;
  readonly requestId: string | undefined;
}

/** Creates a log whose lines a test can read. */
export function memoryLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const write = (level: LogLine["level"]) => (source: string, message: string, requestId?: string) =>
    void lines.push({ level, source, message, requestId });
  return { lines, info: write("info"), warn: write("warn"), error: write("error") };
}
