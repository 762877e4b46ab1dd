import type { Service } from "../service.ts";
import { each, ignored, supported } from "../support/rules.ts";
import { type Dynamo, startDynamo } from "./dynamodb.ts";

const capacity = "Tables have no capacity limit.";

const index = each(
  supported("hashKey", "name", "nonKeyAttributes", "projectionType", "rangeKey"),
  ignored(capacity, "readCapacity", "writeCapacity", "onDemandThroughput"),
);

export const dynamo: Service<Dynamo> = {
  types: {
    "aws:dynamodb:Table": {
      ...supported("attributes", "hashKey", "rangeKey", "streamEnabled", "streamViewType", "ttl"),
      ...ignored(capacity, "billingMode", "readCapacity", "writeCapacity", "onDemandThroughput", "tableClass"),
      ...ignored("Tables are deleted with the data folder.", "pointInTimeRecovery", "deletionProtectionEnabled"),
      ...ignored("Data is stored unencrypted in the data folder.", "serverSideEncryption"),
      globalSecondaryIndexes: index,
      localSecondaryIndexes: index,
    },
  },
  support: {
    title: "DynamoDB",
    implementation: "`dynoxide`, or AWS's DynamoDB Local, behind an own front",
    supported: [
      "Tables, local and global indexes",
      "Transactions, with optional conflicts",
      "Streams",
      "PartiQL",
      "Limits on items, pages, batches and transactions",
      "Time to live, with the service's `userIdentity` in the stream",
      "Optional delay of global indexes",
    ],
    unsupported: {
      "Backups, `DescribeLimits` and other control-plane operations": "The engine refuses them.",
    },
  },
  start: (ground) => startDynamo({ ...ground, ...ground.options.dynamoDb }),
};
