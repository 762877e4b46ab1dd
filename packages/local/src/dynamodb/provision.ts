import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../service-types.ts";
import { type DynamoEngine, DynamoError } from "./engine/engine.ts";
import type { IndexInputs, Table } from "./table.ts";

/** An existing local table differs from the graph in a property that cannot change, on AWS either. */
export class TableMismatchError extends Error {
  override readonly name = "TableMismatchError";
}

interface IndexDescription {
  readonly IndexName: string;
  readonly IndexStatus?: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: IndexDescription["KeySchema"];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
  readonly StreamSpecification?: { readonly StreamEnabled: boolean; readonly StreamViewType?: string };
  readonly LatestStreamArn?: string;
}

const keySchema = (hashKey: string | undefined, rangeKey: string | undefined) => [
  { AttributeName: hashKey ?? "", KeyType: "HASH" },
  ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" }]),
];

const indexOf = (index: IndexInputs, hashKey = index.hashKey) => ({
  IndexName: index.name,
  KeySchema: keySchema(hashKey, index.rangeKey),
  Projection: {
    ProjectionType: index.projectionType,
    ...(index.nonKeyAttributes?.length && { NonKeyAttributes: index.nonKeyAttributes }),
  },
});

const signature = (index: Pick<IndexDescription, "KeySchema" | "Projection">) =>
  JSON.stringify([
    index.KeySchema.map((key) => [key.KeyType, key.AttributeName]),
    index.Projection.ProjectionType,
    [...(index.Projection.NonKeyAttributes ?? [])].sort(),
  ]);

async function describe(engine: DynamoEngine, table: Table): Promise<TableDescription | undefined> {
  try {
    return (await engine.call<{ Table: TableDescription }>("DescribeTable", { TableName: table.name })).Table;
  } catch (error) {
    if (error instanceof DynamoError && error.code === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

async function whenActive(engine: DynamoEngine, table: Table): Promise<TableDescription> {
  for (;;) {
    const found = await describe(engine, table);
    const busy = found?.GlobalSecondaryIndexes?.some((index) => (index.IndexStatus ?? "ACTIVE") !== "ACTIVE");
    if (found?.TableStatus === "ACTIVE" && !busy) return found;
    await delay(20);
  }
}

const attributesOf = (table: Table) =>
  table.attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type }));

const streamOf = (table: Table) => ({ StreamEnabled: true, StreamViewType: table.stream?.viewType });

async function create(engine: DynamoEngine, table: Table): Promise<void> {
  const global = table.globalIndexes.map((index) => indexOf(index));
  const local = table.localIndexes.map((index) => indexOf(index, table.hashKey));
  await engine.call("CreateTable", {
    TableName: table.name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: attributesOf(table),
    KeySchema: keySchema(table.hashKey, table.rangeKey),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(table.stream && { StreamSpecification: streamOf(table) }),
  });
}

/**
 * Checks the properties that no update can change, on AWS either.
 * @throws TableMismatchError
 */
function refuseWhatCannotChange(table: Table, found: TableDescription): void {
  const wantedKeys = JSON.stringify(keySchema(table.hashKey, table.rangeKey));
  const problems: string[] = [];
  if (JSON.stringify(found.KeySchema.map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType }))) !== wantedKeys)
    problems.push("its key schema");
  const local = new Map((found.LocalSecondaryIndexes ?? []).map((index) => [index.IndexName, signature(index)]));
  for (const index of table.localIndexes) {
    if (local.get(index.name) !== signature(indexOf(index, table.hashKey)))
      problems.push(`its local index ${index.name}`);
  }
  if (problems.length > 0)
    throw new TableMismatchError(
      `The local table ${table.name} differs from the graph in ${problems.join(" and ")}. An existing table cannot change these. Delete the local data, or rename the table.`,
    );
}

/** Updates the global indexes. A changed index is deleted and created again, as in a deployment. */
async function updateIndexes(engine: DynamoEngine, table: Table, found: TableDescription, log: Log): Promise<void> {
  const wanted = new Map(table.globalIndexes.map((index) => [index.name, indexOf(index)]));
  const existing = new Map((found.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  const update = async (change: object, what: string) => {
    log.info("dynamodb", `${table.name}: ${what}`);
    await engine.call("UpdateTable", {
      TableName: table.name,
      AttributeDefinitions: attributesOf(table),
      GlobalSecondaryIndexUpdates: [change],
    });
    await whenActive(engine, table);
  };
  for (const [name, index] of existing) {
    const target = wanted.get(name);
    if (!target || signature(target) !== signature(index))
      await update(
        { Delete: { IndexName: name } },
        `the index ${name} ${target ? "changed" : "is no longer wanted"}, removing it`,
      );
    else wanted.delete(name);
  }
  for (const [name, index] of wanted) await update({ Create: index }, `adding the index ${name}`);
}

async function updateStream(engine: DynamoEngine, table: Table, found: TableDescription, log: Log): Promise<void> {
  const current = found.StreamSpecification?.StreamEnabled ? found.StreamSpecification.StreamViewType : undefined;
  if (current === table.stream?.viewType) return;
  log.info(
    "dynamodb",
    `${table.name}: its stream changes from ${current ?? "none"} to ${table.stream?.viewType ?? "none"}`,
  );
  const change = (specification: object) =>
    engine.call("UpdateTable", { TableName: table.name, StreamSpecification: specification });
  if (current !== undefined) await change({ StreamEnabled: false });
  if (table.stream) await change(streamOf(table));
}

async function enableTtl(engine: DynamoEngine, table: Table): Promise<void> {
  const { TimeToLiveDescription: found } = await engine.call<{
    TimeToLiveDescription?: { TimeToLiveStatus?: string; AttributeName?: string };
  }>("DescribeTimeToLive", { TableName: table.name });
  const current = found?.TimeToLiveStatus === "ENABLED" ? found.AttributeName : undefined;
  if (current === table.ttlAttribute) return;
  const set = (attribute: string, enabled: boolean) =>
    engine.call("UpdateTimeToLive", {
      TableName: table.name,
      TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled },
    });
  if (current !== undefined) await set(current, false);
  if (table.ttlAttribute !== undefined) await set(table.ttlAttribute, true);
}

/**
 * Creates or updates the tables of the graph. Returns the engine's stream ARNs by the graph's stream ARNs.
 * @throws TableMismatchError if a table differs in a property that cannot change
 */
export async function provisionTables(
  engine: DynamoEngine,
  tables: readonly Table[],
  log: Log,
): Promise<Map<string, string>> {
  const streams = new Map<string, string>();
  for (const table of tables) {
    const found = await describe(engine, table);
    if (found) {
      refuseWhatCannotChange(table, found);
      await updateIndexes(engine, table, found, log);
      await updateStream(engine, table, found, log);
    } else {
      await create(engine, table);
    }
    const { LatestStreamArn } = await whenActive(engine, table);
    await enableTtl(engine, table);
    if (table.stream && LatestStreamArn) streams.set(table.stream.arn, LatestStreamArn);
  }
  return streams;
}
