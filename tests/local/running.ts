import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Cloud, startCloud } from "@daybook/local/cloud";
import type { CloudOptions } from "@daybook/local/cloud-options";
import type { DynamoSettings } from "@daybook/local/dynamodb/settings";
import type { Graph } from "@daybook/local/graph/graph";
import { grantRecorder } from "../../scripts/lib/grants.ts";
import { dynamoDbSettings } from "../../scripts/lib/settings.ts";
import type { CloudEnv } from "../fixtures.ts";

const root = path.resolve(import.meta.dirname, "../..");
const committed: Graph = JSON.parse(readFileSync(path.join(root, "infra/graph.local.json"), "utf8"));

/** A local cloud in the test process, so that tests can inject faults and wait for streams. */
export interface RunningCloud extends Cloud {
  readonly env: CloudEnv;
  /** Returns the log so far. */
  log(): string;
  remove(): Promise<void>;
}

/**
 * Starts a local cloud.
 * @param change modifies the committed graph
 * @param slow the lag of global indexes and the lock time of transactions, in milliseconds
 * @param more a site to serve instead of the build, the duration of an invalidation, and the account's concurrency
 */
export async function runCloud(
  change: (graph: Graph) => Graph = (graph) => graph,
  slow: Pick<DynamoSettings, "gsiDelayMs" | "transactionMs"> = {},
  more: Pick<CloudOptions, "siteUrl" | "invalidationMs" | "accountConcurrency"> = {},
): Promise<RunningCloud> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), "daybook-running-"));
  const graphFile = path.join(dataFolder, "graph.json");
  writeFileSync(graphFile, JSON.stringify(change(committed)));
  const cloud = await startCloud({
    graphFile,
    root,
    dataFolder,
    cacheFolder: path.join(root, ".build"),
    dynamoDb: { ...dynamoDbSettings(), ...slow },
    ...more,
    ...grantRecorder(),
  });
  return {
    ...cloud,
    env: { ...cloud.environment, DAYBOOK_URL: cloud.url, DAYBOOK_MAIL_URL: cloud.mailUrl },
    log: () => readFileSync(path.join(dataFolder, "daybook.log"), "utf8"),
    async remove() {
      await cloud.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
