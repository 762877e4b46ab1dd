import { describe, expect, it } from "vitest";
import { account, graphOf, region } from "../test-cloud.ts";
import type { DynamoBody } from "./request-body.ts";
import { createNeeds } from "./required-permissions.ts";
import { tablesOf } from "./table.ts";
import { tableResource } from "./test-tables.ts";

const tables = tablesOf(graphOf({ "aws:dynamodb:Table": [tableResource("todo"), tableResource("blog")] }));
const needsOf = createNeeds(tables, region, account);
const todo = `arn:aws:dynamodb:${region}:${account}:table/todo`;
const blog = `arn:aws:dynamodb:${region}:${account}:table/blog`;
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "x" } });

/** Returns the required permissions of a request as `action resource`. */
const named = (action: string, body: DynamoBody) =>
  needsOf(action, body).map((need) => `${need.action.replace("dynamodb:", "")} ${need.resource}`);
const leadingKeys = (action: string, body: DynamoBody) =>
  needsOf(action, body).map(({ context = {} }) => context["dynamodb:LeadingKeys"]);

describe("the required permissions of a DynamoDB request", () => {
  it.each<[string, DynamoBody, string[]]>([
    ["PutItem", { TableName: "todo", Item: key("a") }, [`PutItem ${todo}`]],
    ["GetItem", { TableName: todo, Key: key("a") }, [`GetItem ${todo}`]],
    ["Query", { TableName: "todo", IndexName: "gsi1" }, [`Query ${todo}/index/gsi1`]],
    ["Scan", { TableName: "todo" }, [`Scan ${todo}`]],
    ["Scan", { TableName: "todo", IndexName: "lsi1" }, [`Scan ${todo}/index/lsi1`]],
    ["DescribeTable", { TableName: "todo" }, [`DescribeTable ${todo}`]],
    ["CreateTable", { TableName: "own" }, [`CreateTable arn:aws:dynamodb:${region}:${account}:table/own`]],
    ["ListTables", {}, ["ListTables *"]],
    ["TagResource", { ResourceArn: todo }, [`TagResource ${todo}`]],
    ["DescribeStream", { StreamArn: `${todo}/stream/now` }, [`DescribeStream ${todo}/stream/now`]],
    [
      "TransactWriteItems",
      {
        TransactItems: [
          { Put: { TableName: "todo", Item: key("a") } },
          { Update: { TableName: "todo", Key: key("a") } },
          { Delete: { TableName: "blog", Key: key("a") } },
          { ConditionCheck: { TableName: "blog", Key: key("a") } },
        ],
      },
      [`PutItem ${todo}`, `UpdateItem ${todo}`, `DeleteItem ${blog}`, `ConditionCheckItem ${blog}`],
    ],
    ["TransactGetItems", { TransactItems: [{ Get: { TableName: "todo", Key: key("a") } }] }, [`GetItem ${todo}`]],
    [
      "BatchWriteItem",
      { RequestItems: { todo: [{ PutRequest: { Item: key("a") } }], blog: [{ DeleteRequest: { Key: key("b") } }] } },
      [`BatchWriteItem ${todo}`, `BatchWriteItem ${blog}`],
    ],
    ["BatchGetItem", { RequestItems: { todo: { Keys: [key("a")] } } }, [`BatchGetItem ${todo}`]],
    ["ExecuteStatement", { Statement: 'SELECT * FROM "todo"."gsi1" WHERE pk=?' }, [`PartiQLSelect ${todo}/index/gsi1`]],
    ["ExecuteStatement", { Statement: "insert into todo value {'pk': 'a'}" }, [`PartiQLInsert ${todo}`]],
    [
      "BatchExecuteStatement",
      { Statements: [{ Statement: 'UPDATE "todo" SET a=1' }, { Statement: "DELETE FROM blog WHERE pk='a'" }] },
      [`PartiQLUpdate ${todo}`, `PartiQLDelete ${blog}`],
    ],
    ["ExecuteTransaction", { TransactStatements: [{ Statement: "SELECT pk FROM todo" }] }, [`PartiQLSelect ${todo}`]],
  ])("are derived from %s %j", (action, body, expected) => {
    expect(named(action, body)).toEqual(expected);
  });

  it("include the partition keys of the request as dynamodb:LeadingKeys", () => {
    expect(leadingKeys("PutItem", { TableName: "todo", Item: key("USER#1") })).toEqual([["USER#1"]]);
    const batch = { RequestItems: { todo: { Keys: [key("USER#1"), key("USER#2")] } } };
    expect(leadingKeys("BatchGetItem", batch)).toEqual([["USER#1", "USER#2"]]);
    const query: DynamoBody = {
      TableName: "todo",
      KeyConditionExpression: "begins_with(sk, :prefix) AND #pk = :owner",
      ExpressionAttributeNames: { "#pk": "pk" },
      ExpressionAttributeValues: { ":prefix": { S: "TODO#" }, ":owner": { S: "USER#1" } },
    };
    expect(leadingKeys("Query", query)).toEqual([["USER#1"]]);
    const indexed = { ...query, IndexName: "gsi1", KeyConditionExpression: "gsi1pk = :owner" };
    expect(leadingKeys("Query", indexed)).toEqual([["USER#1"]]);
  });

  it("include no partition keys if the request can read any partition", () => {
    expect(leadingKeys("Scan", { TableName: "todo" })).toEqual([undefined]);
    expect(needsOf("Scan", { TableName: "todo" })[0]?.context).not.toHaveProperty("dynamodb:LeadingKeys");
  });

  it("include the enclosing operation for an entry of a transaction", () => {
    const [need] = needsOf("TransactGetItems", { TransactItems: [{ Get: { TableName: "todo", Key: key("a") } }] });
    expect(need?.context?.["dynamodb:EnclosingOperation"]).toBe("TransactGetItems");
  });
});
