import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { number, string } from "dynamodb-toolbox/schema";
import { Table } from "dynamodb-toolbox/table";
import { limitedClient } from "../call-limits.ts";
import { mapDynamoDBError } from "./dynamodb-errors.ts";

import { healthKey } from "./keys.ts";

/** The only table. `keys.ts` lists its access patterns. Call `connect` first to set the client and the table name. */
export const table = new Table({
  partitionKey: { name: "pk", type: "string" },
  sortKey: { name: "sk", type: "string" },
  indexes: {
    lsi1: { type: "local", sortKey: { name: "rank", type: "number" } },
    gsi1: {
      type: "global",
      partitionKey: { name: "gsi1pk", type: "string" },
      sortKey: { name: "gsi1sk", type: "string" },
    },
    gsi2: {
      type: "global",
      partitionKey: { name: "gsi2pk", type: "string" },
      sortKey: { name: "gsi2sk", type: "string" },
    },
  },
  entityAttributeSavedAs: "entity",
});

/** Attributes of every item, besides its keys and the name of its entity. */
export const itemAttributes = {
  schemaVersion: number().default(1),
  createdAt: string(),
  updatedAt: string(),
  version: number(),
};

/**
 * Connects the table. Call it once per process, outside of any request. The table name is read on first use. Region,
 * endpoint and credentials come from the SDK's default providers unless `config` contains them.
 */
export function connect(tableName: () => string, config: DynamoDBClientConfig = {}): void {
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
  table.tableName = tableName;
  table.documentClient = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Checks the connection with a read of an item that never exists. @throws temporarily-unavailable */
export async function ping(): Promise<void> {
  await table.getDocumentClient().send(new GetCommand({ TableName: table.getName(), Key: healthKey }));
}
