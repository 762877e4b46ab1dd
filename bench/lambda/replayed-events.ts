import { unmarshall } from "@aws-sdk/util-dynamodb";
import { isObject } from "@daybook/local/json";
import type { Call, Calls } from "./recorded-calls.ts";

/** Members whose values are items or parts of items. */
const itemMembers = new Set(["Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey"]);

/** Returns the input of a call for the document client, which has plain values instead of attribute values. */
function plain(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(plain);
  if (!isObject(input)) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      if (itemMembers.has(name) && isObject(value)) return [name, unmarshall(value as never)];
      if (name === "Keys" && Array.isArray(value)) return [name, value.map((key) => unmarshall(key))];
      return [name, plain(value)];
    }),
  );
}

const plainCall = ({ operation, input }: Call) => ({ operation, input: plain(input) });

/** Adds to each event the calls that Daybook made for it, which the other variants repeat. */
export const withCalls = (events: readonly object[], calls: readonly Calls[]): object[] =>
  events.map((event, index) => ({ ...event, calls: calls[index]?.map((group) => group.map(plainCall)) }));

export const operationsOf = (calls: readonly Calls[]): ReadonlySet<string> =>
  new Set(calls.flat(2).map(({ operation }) => operation));
