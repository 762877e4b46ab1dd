import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { number, string } from "dynamodb-toolbox/schema";
import { Table } from "dynamodb-toolbox/table";
import { limitedClient } from "../call-limits.ts";
import { mapDynamoDBError } from "./dynamodb-errors.ts";

import { healthKey } from "./keys.ts";

/** The one table. `keys.ts` lists what is read from it and how. Its client and name come from `connect`. */
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

/** What every item carries besides its keys and the name of its entity. */
export const itemAttributes = {
  schemaVersion: number().default(1),
  createdAt: string(),
  updatedAt: string(),
  version: number(),
};

/**
 * Connects the table, once for each process and outside of any request. The name is read when it is first needed; region, endpoint
 * and credentials come from the SDK's own environment unless they are given.
 */
export function connect(tableName: () => string, config: DynamoDBClientConfig = {}): void {
  const client = new DynamoDBClient({
    ...config,
    ...limitedClient("dynamodb"),
  });
  // Around the client's own retries: what leaves here has been repeated in vain.
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

/** Resolves when the table answers. @throws temporarily-unavailable */
export async function ping(): Promise<void> {
  await table.getDocumentClient().send(new GetCommand({ TableName: table.getName(), Key: healthKey }));
}
