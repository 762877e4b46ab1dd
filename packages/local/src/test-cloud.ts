import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ResolvedFunction, ResolvedGraph, Resource, Statement } from "./graph/graph.ts";
import type { Log, Principal } from "./service-types.ts";

/** Shared by the tests of the emulators: hand-made graphs, callers with and without a policy, and temporary folders. */

export const region = "eu-west-1";
export const account = "000000000000";

/** Creates a graph with only these resources and functions. */
export function graphOf(
  resources: Readonly<Record<string, readonly Resource[]>>,
  functions: readonly ResolvedFunction[] = [],
): ResolvedGraph {
  return {
    app: "test",
    stage: "local",
    region,
    account,
    functions,
    routes: {},
    types: Object.keys(resources),
    all: (type) => resources[type] ?? [],
    functionOf: (reference) => functions.find((fn) => [fn.arn, fn.physicalName, fn.name].includes(reference)),
  };
}

/** Creates a function for a hand-made graph. */
export function functionOf(name: string, policy: readonly Statement[] = []): ResolvedFunction {
  return {
    name,
    physicalName: `test-local-${name}`,
    arn: `arn:aws:lambda:${region}:${account}:function:test-local-${name}`,
    roleArn: `arn:aws:iam::${account}:role/test-local-${name}Role`,
    runtime: "nodejs24.x",
    memory: 128,
    timeout: 10,
    policy,
    invokedBy: [],
  };
}

/** Creates a caller with the permissions of the statements. Without statements, everything is allowed. */
export function callerOf(name: string, statements?: readonly Statement[]) {
  const principal: Principal = {
    name,
    secretAccessKey: `${name}-secret`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}Role/${name}`,
    ...(statements && { statements }),
  };
  const credentials = { accessKeyId: `AKIA${name.toUpperCase()}`, secretAccessKey: principal.secretAccessKey };
  return { principal, credentials, entry: [credentials.accessKeyId, principal] as const };
}

/** Creates a log that collects its lines. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (source: string, message: string) => {
    lines.push(`${source} ${message}`);
  };
  return { lines, info: write, warn: write, error: write };
}

/** Creates a temporary folder. `remove` deletes it with its content. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "local-cloud-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
