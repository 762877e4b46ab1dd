import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { limitedClient } from "../call-limits.ts";
import { mapDynamoDBError } from "./dynamodb-errors.ts";

import { healthKey } from "./keys.ts";

let connection: { readonly client: DynamoDBDocumentClient; readonly name: () => string } | undefined;

function connected() {
  if (!connection) throw new Error("Call connect first");
  return connection;
}

/** Returns the client of the only table. `keys.ts` lists the table's access patterns. */
export const documents = (): DynamoDBDocumentClient => connected().client;

export const tableName = (): string => connected().name();

/**
 * Connects the table. Call it once per process, outside of any request. The table name is read on first use. Region,
 * endpoint and credentials come from the SDK's default providers unless `config` contains them.
 */
export function connect(name: () => string, config: DynamoDBClientConfig = {}): void {
  const client = new DynamoDBClient({
    ...config,
    ...limitedClient("dynamodb"),
  });
  // Wraps the client's retries: an error that arrives here has exhausted them.
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw mapDynamoDBError(error);
      }
    },
    { step: "initialize", priority: "high", name: "explainFailures" },
  );
  connection = {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    name,
  };
}

/** Checks the connection with a read of an item that never exists. @throws temporarily-unavailable */
export async function ping(): Promise<void> {
  await documents().send(new GetCommand({ TableName: tableName(), Key: healthKey }));
}
