import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ResolvedFunction, ResolvedGraph } from "./graph/graph.ts";
import type { Principal } from "./service-types.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const keyId = (prefix: "AKIA" | "ASIA", name: string) =>
  `${prefix}${createHash("sha256").update(name).digest("hex").slice(0, 16).toUpperCase()}`;

/**
 * Returns the developer's secret key. It is stable within a data folder, so keys in a shell's environment stay valid
 * after a restart.
 */
function developerSecret(dataFolder: string): string {
  const file = path.join(dataFolder, "developer.key");
  if (!existsSync(file)) writeFileSync(file, randomBytes(30).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/**
 * Creates credentials for the developer, who may do everything, and for each function, which has the permissions of its
 * role's policy.
 */
export function createPrincipals(graph: ResolvedGraph, dataFolder: string) {
  const principals = new Map<string, Principal>();
  const developer: Credentials = {
    accessKeyId: keyId("AKIA", "developer"),
    secretAccessKey: developerSecret(dataFolder),
  };
  principals.set(developer.accessKeyId, {
    secretAccessKey: developer.secretAccessKey,
    name: "developer",
    arn: `arn:aws:iam::${graph.account}:user/developer`,
  });
  const byFunction = new Map<string, Credentials>();
  for (const fn of graph.functions) {
    const own = {
      accessKeyId: keyId("ASIA", fn.name),
      secretAccessKey: randomBytes(30).toString("base64url"),
      sessionToken: "local",
    };
    byFunction.set(fn.name, own);
    principals.set(own.accessKeyId, {
      secretAccessKey: own.secretAccessKey,
      name: fn.name,
      arn: `${fn.roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/${fn.physicalName}`,
      // A permissions boundary restricts the policy. Its document is not in the graph, so nothing is allowed.
      statements: fn.permissionsBoundary === undefined ? (fn.policy ?? []) : [],
    });
  }
  const credentialsOf = (fn: ResolvedFunction): Credentials => {
    const own = byFunction.get(fn.name);
    if (!own) throw new Error(`The function ${fn.name} is not in the graph.`);
    return own;
  };
  return { principals, developer, credentialsOf };
}
