import path from "node:path";
import { once } from "../closing.ts";
import { createFaults, type Faults } from "../faults.ts";
import { type FrontOptions, startFront } from "../iam/front.ts";
import type { Ground } from "../service.ts";
import type { Emulator } from "../service-types.ts";
import { createConflicts } from "./conflicts.ts";
import { startDelayedIndexes } from "./delayed-indexes.ts";
import { startDynamoDbLocal } from "./engine/dynamodb-local.ts";
import { dynoxideBinary, startDynoxide } from "./engine/dynoxide.ts";
import type { DynamoEngine } from "./engine/engine.ts";
import { startExpiry } from "./expiry.ts";
import { openExpiryMarks } from "./expiry-marks.ts";
import { dynamoService } from "./front.ts";
import { provisionTables } from "./provision.ts";
import { createNeeds } from "./required-permissions.ts";
import type { DynamoSettings } from "./settings.ts";
import { tablesOf } from "./table.ts";
import { createRecordReader, createTableStreams, type TableStreams } from "./table-streams.ts";
import { createTouched } from "./touched-items.ts";
import { createTranslation } from "./translate.ts";

export interface DynamoOptions extends DynamoSettings, FrontOptions, Pick<Ground, "dataFolder"> {}

/** DynamoDB with the tables of the graph. */
export interface Dynamo extends Emulator {
  readonly url: string;
  /** The database engine itself, without authorization. */
  readonly engine: DynamoEngine;
  /**
   * Fault injection by operation name, such as `PutItem` or `TransactWriteItems`. A conflict inside a transaction
   * becomes a cancellation with reasons.
   */
  readonly faults: Faults;
  readonly streams: TableStreams;
  /** Updates delayed global indexes now. */
  catchUp(): Promise<void>;
  /** Deletes expired items now. Resolves to the number of deleted items. */
  sweep(): Promise<number>;
}

function startEngine({ engine, dynamoDbLocalJar, dataFolder, log }: DynamoOptions): Promise<DynamoEngine> {
  const chosen = engine ?? (dynoxideBinary() ? "dynoxide" : "dynamodb-local");
  return chosen === "dynoxide"
    ? startDynoxide({ dataFolder, log })
    : startDynamoDbLocal({ dataFolder, log, jar: dynamoDbLocalJar });
}

/**
 * Starts DynamoDB and its streams: an engine with the graph's tables, behind a front that authenticates and authorizes
 * every call.
 * @throws EngineUnavailableError, TableMismatchError
 */
export async function startDynamo(options: DynamoOptions): Promise<Dynamo> {
  const { graph, dataFolder, log, gsiDelayMs, transactionMs } = options;
  const { region, account } = graph;
  const tables = tablesOf(graph);
  const engine = await startEngine(options);
  try {
    const engineArns = await provisionTables(engine, tables, log);
    const folder = path.join(dataFolder, "dynamodb");
    const touched = createTouched(tables);
    const indexes = gsiDelayMs
      ? await startDelayedIndexes({ engine, tables, touched, delayMs: gsiDelayMs, log })
      : undefined;
    const marks = openExpiryMarks(folder, tables);
    const recordOf = createRecordReader(region, marks.has);
    const streams = createTableStreams({ engine, engineArns, recordOf });
    const changed = () => {
      indexes?.changed();
      streams.written();
    };
    const expiry = startExpiry({ engine, tables, marks, streams, log, changed });
    const { faults, around } = createFaults();
    const service = dynamoService({
      engine,
      needsOf: createNeeds(tables, region, account),
      translation: createTranslation({ region, account, enginePrefix: engine.arnPrefix, engineArns, recordOf }),
      around,
      touched,
      indexes,
      inTurn: transactionMs === undefined ? undefined : createConflicts(touched, transactionMs),
      written: streams.written,
    });
    const front = await startFront(service, options);
    return {
      url: front.url,
      endpoints: { AWS_ENDPOINT_URL_DYNAMODB: front.url, AWS_ENDPOINT_URL_DYNAMODB_STREAMS: front.url },
      engine,
      faults,
      streams,
      catchUp: async () => indexes?.catchUp(),
      sweep: expiry.sweep,
      close: once(async () => {
        await front.close();
        await expiry.close();
        await indexes?.close();
        await engine.close();
      }),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
