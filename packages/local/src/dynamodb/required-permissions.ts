import type { Need } from "../iam/evaluate.ts";
import type { Context } from "../iam/patterns.ts";
import { statementNeeds } from "./partiql.ts";
import type { AttributeValue, DynamoBody, Item, Target } from "./request-body.ts";
import type { Table } from "./table.ts";

const scalarOf = (value: AttributeValue | undefined): string | undefined => {
  const scalar = value?.S ?? value?.N ?? value?.B;
  return typeof scalar === "string" ? scalar : undefined;
};

/** The action that each kind of transaction entry needs. */
const transactionActions = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
} as const;

/** Returns the partition key of a Query's key condition, if it is written as `key = :value`. */
function queriedKey(body: DynamoBody, hashKey: string): string | undefined {
  const legacy = body.KeyConditions?.[hashKey]?.AttributeValueList?.[0];
  if (legacy) return scalarOf(legacy);
  const names = body.ExpressionAttributeNames ?? {};
  for (const [, name = "", value = ""] of (body.KeyConditionExpression ?? "").matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((names[name] ?? name) === hashKey) return scalarOf(body.ExpressionAttributeValues?.[value]);
  }
  return undefined;
}

/**
 * Returns a function that lists the permissions a request needs. A transaction needs the action of each entry; batches
 * and indexes follow AWS's rules.
 */
export function createNeeds(tables: readonly Table[], region: string, account: string) {
  const byName = new Map(tables.map((table) => [table.name, table]));

  const arnOf = (name: string, index?: string) => {
    const table = name.startsWith("arn:")
      ? name
      : (byName.get(name)?.arn ?? `arn:aws:dynamodb:${region}:${account}:table/${name}`);
    return index === undefined ? table : `${table}/index/${index}`;
  };
  const tableOf = (name: string) => byName.get(name.split("/").at(-1) ?? name);

  /** Returns `dynamodb:LeadingKeys`, but only if every partition key of the request is known. */
  function leadingKeys(name: string, items: readonly (Item | undefined)[]): Context {
    const table = tableOf(name);
    const keys = table ? items.map((item) => scalarOf(item?.[table.hashKey])) : [];
    const known = keys.filter((key) => key !== undefined);
    return keys.length > 0 && known.length === keys.length ? { "dynamodb:LeadingKeys": known } : {};
  }

  const common = (body: DynamoBody, enclosing?: string): Context => ({
    "dynamodb:Select": body.Select,
    "dynamodb:ReturnValues": body.ReturnValues,
    "dynamodb:ReturnConsumedCapacity": body.ReturnConsumedCapacity,
    "dynamodb:EnclosingOperation": enclosing,
  });

  const need = (action: string, resource: string, context: Context): Need => ({
    action: `dynamodb:${action}`,
    resource,
    context,
  });

  const target = (action: string, { TableName = "", Item, Key }: Target, context: Context) =>
    need(action, arnOf(TableName), { ...context, ...leadingKeys(TableName, [Item ?? Key]) });

  function transaction(action: string, body: DynamoBody): Need[] {
    const context = common(body, action);
    return (body.TransactItems ?? []).flatMap((entry) =>
      Object.entries(transactionActions).flatMap(([name, single]) => {
        const part = entry[name];
        return part ? [target(single, part, context)] : [];
      }),
    );
  }

  function batch(action: string, body: DynamoBody): Need[] {
    return Object.entries(body.RequestItems ?? {}).map(([name, requests]) => {
      const items = Array.isArray(requests)
        ? requests.map((entry) => entry.PutRequest?.Item ?? entry.DeleteRequest?.Key)
        : (requests.Keys ?? []);
      return need(action, arnOf(name), { ...common(body), ...leadingKeys(name, items) });
    });
  }

  function query(body: DynamoBody): Need[] {
    const { TableName = "", IndexName } = body;
    const table = tableOf(TableName);
    const index = table?.globalIndexes.find(({ name }) => name === IndexName);
    const hashKey = index?.hashKey ?? table?.hashKey;
    const key = hashKey === undefined ? undefined : queriedKey(body, hashKey);
    const keys: Context = key === undefined ? {} : { "dynamodb:LeadingKeys": [key] };
    return [need("Query", arnOf(TableName, IndexName), { ...common(body), ...keys })];
  }

  return function needsOf(action: string, body: DynamoBody): Need[] {
    if (action === "TransactWriteItems" || action === "TransactGetItems") return transaction(action, body);
    if (action === "BatchGetItem" || action === "BatchWriteItem") return batch(action, body);
    if (action === "Query") return query(body);
    if (/Statement$|^ExecuteTransaction$/.test(action))
      return statementNeeds(action, body).map(({ operation, table, index }) =>
        need(operation, arnOf(table, index), common(body, action)),
      );
    const resource = body.StreamArn ?? body.ResourceArn;
    if (resource !== undefined) return [need(action, resource, {})];
    if (body.TableName === undefined) return [need(action, "*", {})];
    if (body.IndexName !== undefined) return [need(action, arnOf(body.TableName, body.IndexName), common(body))];
    return [target(action, body, common(body))];
  };
}
