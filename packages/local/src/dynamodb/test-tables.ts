import type { Resource } from "../graph/graph.ts";
import { account, region } from "../test-cloud.ts";
import type { DynamoSettings } from "./settings.ts";

/**
 * The engine under test: dynoxide, or AWS's DynamoDB Local if this variable contains the path of its jar, as in `npm
 * run test:ddb-local`.
 */
const jar = process.env.DYNAMODB_LOCAL_JAR;
export const engineUnderTest: DynamoSettings =
  jar === undefined ? {} : { engine: "dynamodb-local", dynamoDbLocalJar: jar };

/** Returns a table in the format of the resource graph. */
export function tableResource(name: string, more: Readonly<Record<string, unknown>> = {}): Resource {
  return {
    name: `${name}Table`,
    id: name,
    arn: `arn:aws:dynamodb:${region}:${account}:table/${name}`,
    streamArn: `arn:aws:dynamodb:${region}:${account}:table/${name}/stream/2026-01-01T00:00:00.000`,
    hashKey: "pk",
    rangeKey: "sk",
    attributes: [
      { name: "pk", type: "S" },
      { name: "sk", type: "S" },
      { name: "rank", type: "N" },
      { name: "gsi1pk", type: "S" },
      { name: "gsi1sk", type: "S" },
    ],
    localSecondaryIndexes: [{ name: "lsi1", rangeKey: "rank", projectionType: "ALL" }],
    globalSecondaryIndexes: [{ name: "gsi1", hashKey: "gsi1pk", rangeKey: "gsi1sk", projectionType: "ALL" }],
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    ttl: { attributeName: "expiresAt", enabled: true },
    billingMode: "PAY_PER_REQUEST",
    ...more,
  };
}
