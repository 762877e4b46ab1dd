import { policyOf } from "./stage.ts";

const { production, replicas } = policyOf($app.stage);

/** The only table. `packages/core/src/db/keys.ts` lists every access pattern. */
export const table = new sst.aws.Dynamo("Table", {
  fields: {
    pk: "string",
    sk: "string",
    rank: "number",
    gsi1pk: "string",
    gsi1sk: "string",
    gsi2pk: "string",
    gsi2sk: "string",
  },
  primaryIndex: { hashKey: "pk", rangeKey: "sk" },
  // Todos in order of their rank. A local index, because global indexes do not support consistent reads.
  localIndexes: { lsi1: { rangeKey: "rank" } },
  globalIndexes: {
    gsi1: { hashKey: "gsi1pk", rangeKey: "gsi1sk" },
    gsi2: { hashKey: "gsi2pk", rangeKey: "gsi2sk" },
  },
  ttl: "expiresAt",
  stream: "new-and-old-images",
  deletionProtection: production,
  transform: {
    table: {
      pointInTimeRecovery: { enabled: production },
      replicas: replicas.map((regionName) => ({
        regionName,
        pointInTimeRecovery: production,
        deletionProtectionEnabled: production,
      })),
    },
  },
});

/** Links only the table's name. Linking the table itself would grant every action on it. */
export const tableName = new sst.Linkable("TableName", { properties: { name: table.name } });

type TableAction =
  `dynamodb:${"BatchGetItem" | "BatchWriteItem" | "ConditionCheckItem" | "DeleteItem" | "GetItem" | "PutItem" | "Query" | "UpdateItem"}`;

/** Permission for these actions on the table, without its indexes. */
export function onTable(...actions: TableAction[]) {
  return { actions, resources: [table.arn] };
}

/** Permission to query one index of the table. */
export function onIndex(name: "lsi1" | "gsi1" | "gsi2") {
  return { actions: ["dynamodb:Query"], resources: [$interpolate`${table.arn}/index/${name}`] };
}
