import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";

/** A real DynamoDB engine of its own for a test file, with the table in it. */
export interface TestTable {
  readonly name: string;
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Everything in the table, as it is stored. */
  items(): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Starts the engine in a temporary folder, on a free port. */
export async function startTestTable(): Promise<TestTable> {
  const folder = await mkdtemp(join(tmpdir(), "daybook-table-"));
  const port = await freePort();
  const binary = createRequire(import.meta.url).resolve("@dynoxide/linux-x64/dynoxide");
  const options = ["--host", "127.0.0.1", "--port", String(port), "--db-path", join(folder, "table.db")];
  const engine = spawn(binary, options, { stdio: "ignore" });
  const kill = () => engine.kill("SIGKILL");
  process.once("exit", kill);

  const name = "daybook-test";
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint: `http://127.0.0.1:${port}`, region: "eu-west-1", credentials };
  const client = new DynamoDBClient(config);
  await listening(config.endpoint);
  await client.send(new CreateTableCommand({ TableName: name, ...definition }));
  const documents = DynamoDBDocumentClient.from(client);

  return {
    name,
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}

async function listening(endpoint: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await setTimeout(10);
  }
  throw new Error(`The database does not answer at ${endpoint}`);
}
