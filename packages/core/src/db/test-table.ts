import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";

/** A local DynamoDB engine for one test file, with the table created. */
export interface TestTable {
  readonly name: string;
  /** Folder of the engine's data. */
  readonly folder: string;
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Returns all items with all stored attributes. */
  items(): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/**
 * Starts the engine with its data in a temporary folder.
 *
 * @param original a table without requests in progress, whose items the new table starts with; empty by default
 */
export async function startTestTable(original?: TestTable): Promise<TestTable> {
  const folder = await mkdtemp(join(tmpdir(), "daybook-table-"));
  if (original) await cp(original.folder, folder, { recursive: true });
  const { engine, endpoint } = await startEngine(join(folder, "table.db"));
  const kill = () => engine.kill("SIGKILL");
  process.once("exit", kill);

  const name = "daybook-test";
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint, region: "eu-west-1", credentials };
  const client = new DynamoDBClient(config);
  if (!original) await client.send(new CreateTableCommand({ TableName: name, ...definition }));
  const documents = DynamoDBDocumentClient.from(client);

  return {
    name,
    folder,
    config,
    async items() {
      const pages = await Array.fromAsync(
        paginateScan({ client: documents }, { TableName: name, ConsistentRead: true }),
      );
      return pages.flatMap(({ Items = [] }) => Items);
    },
    async close() {
      client.destroy();
      process.off("exit", kill);
      if (kill()) await once(engine, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: "HASH" as const },
  { AttributeName: range, KeyType: "RANGE" as const },
];
const index = (IndexName: string, hash: string, range: string) => ({
  IndexName,
  KeySchema: key(hash, range),
  Projection: { ProjectionType: "ALL" as const },
});
const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });

const definition = {
  BillingMode: "PAY_PER_REQUEST" as const,
  AttributeDefinitions: [
    ...["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"].map(text),
    { AttributeName: "rank", AttributeType: "N" as const },
  ],
  KeySchema: key("pk", "sk"),
  LocalSecondaryIndexes: [index("lsi1", "pk", "rank")],
  GlobalSecondaryIndexes: [index("gsi1", "gsi1pk", "gsi1sk"), index("gsi2", "gsi2pk", "gsi2sk")],
};

/**
 * Starts the engine on a free port of 127.0.0.1. Chooses a random port below the range that the system uses for
 * outgoing connections, and retries with another one if it is taken. For example, 15,432 can be chosen, but not 32,768.
 */
async function startEngine(file: string, attempts = 10): Promise<{ engine: ChildProcess; endpoint: string }> {
  const binary = createRequire(import.meta.url).resolve("@dynoxide/linux-x64/dynoxide");
  const port = randomInt(15_000, 32_000);
  const endpoint = `http://127.0.0.1:${port}`;
  const taken = await answers(endpoint);
  const engine = taken
    ? undefined
    : spawn(binary, ["--host", "127.0.0.1", "--port", String(port), "--db-path", file], { stdio: "ignore" });
  if (engine && (await isServing(engine, endpoint))) return { engine, endpoint };
  if (attempts === 0) throw new Error(`The database does not start, lastly at ${endpoint}`);
  return startEngine(file, attempts - 1);
}

/**
 * Returns true when the endpoint answers while the engine is running. If the engine has exited, the answer comes from
 * another process that holds the port, and the result is false.
 */
async function isServing(engine: ChildProcess, endpoint: string): Promise<boolean> {
  const deadline = Date.now() + 20_000;
  while (engine.exitCode === null && Date.now() < deadline) {
    if (await answers(endpoint)) return engine.exitCode === null;
    await setTimeout(10);
  }
  engine.kill("SIGKILL");
  return false;
}

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );
