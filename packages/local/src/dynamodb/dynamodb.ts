import path from "node:path";
import type { Emulator, Log, Principal, Principals } from "../emulator.ts";
import type { ResolvedGraph } from "../graph/graph.ts";
import { startFront } from "../iam/front.ts";
import { startDynamoDbLocal } from "./dynamodb-local.ts";
import { dynoxideBinary, startDynoxide } from "./dynoxide.ts";
import type { DynamoEngine } from "./engine.ts";
import { startExpiry } from "./expiry.ts";
import { createFaults, type Faults } from "./faults.ts";
import { dynamoService } from "./front.ts";
import { createNeeds } from "./needs.ts";
import { provisionTables } from "./provision.ts";
import { tablesOf } from "./table.ts";
import { createRecordReader, createTableStreams, type TableStreams } from "./table-streams.ts";
import { createTranslation } from "./translate.ts";

export interface DynamoOptions {
  readonly graph: ResolvedGraph;
  readonly principals: Principals;
  readonly dataFolder: string;
  readonly log: Log;
  readonly port?: number | undefined;
  /** dynoxide where npm has its binary, else AWS's DynamoDB Local, by Java or Docker. */
  readonly engine?: "dynoxide" | "dynamodb-local" | undefined;
  /** Path of `DynamoDBLocal.jar`. */
  readonly dynamoDbLocalJar?: string | undefined;
  readonly onAllowed?: ((principal: Principal, action: string, resource: string) => void) | undefined;
}

/** DynamoDB with the tables of the graph. */
export interface Dynamo extends Emulator {
  readonly url: string;
  /** The database itself: it asks nobody who they are. */
  readonly engine: DynamoEngine;
  readonly faults: Pick<Faults, "next" | "clear">;
  readonly streams: TableStreams;
  /** Deletes now what time to live would soon; resolves to the number of items. */
  sweep(): Promise<number>;
}

function startEngine({ engine, dynamoDbLocalJar, dataFolder, log }: DynamoOptions): Promise<DynamoEngine> {
  const chosen = engine ?? (dynoxideBinary() ? "dynoxide" : "dynamodb-local");
  return chosen === "dynoxide"
    ? startDynoxide({ dataFolder, log })
    : startDynamoDbLocal({ dataFolder, log, jar: dynamoDbLocalJar });
}

/**
 * Starts DynamoDB and its streams: an engine with the graph's tables, behind a front that verifies and authorises every call.
 * @throws EngineUnavailableError, TableMismatchError
 */
export async function startDynamo(options: DynamoOptions): Promise<Dynamo> {
  const { graph, principals, dataFolder, log, port, onAllowed } = options;
  const { region, account } = graph;
  const tables = tablesOf(graph);
  const engine = await startEngine(options);
  try {
    const engineArns = await provisionTables(engine, tables, log);
    const folder = path.join(dataFolder, "dynamodb");
    const expiry = startExpiry({ engine, tables, folder, log, changed: () => streams.written() });
    const recordOf = createRecordReader(region, expiry);
    const streams = createTableStreams({ engine, engineArns, recordOf });
    const faults = createFaults();
    const service = dynamoService({
      engine,
      needsOf: createNeeds(tables, region, account),
      translation: createTranslation({ region, account, enginePrefix: engine.arnPrefix, engineArns, recordOf }),
      faults,
      written: streams.written,
    });
    const front = await startFront({ service, principals, region, log, port, onAllowed });
    let closing: Promise<void> | undefined;
    const closeAll = async () => {
      await front.close();
      await expiry.close();
      await engine.close();
    };
    return {
      name: "dynamodb",
      url: front.url,
      endpoints: { AWS_ENDPOINT_URL_DYNAMODB: front.url, AWS_ENDPOINT_URL_DYNAMODB_STREAMS: front.url },
      engine,
      faults,
      streams,
      sweep: expiry.sweep,
      close() {
        closing ??= closeAll();
        return closing;
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
