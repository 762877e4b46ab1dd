import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { add, type Changes, type Condition, expressions, type IndexKeys, ifAbsent } from "./expression.ts";
import { type Item, objectFormat } from "./stored-format.ts";
import { documents, tableName } from "./table.ts";
import { type Write, write } from "./write.ts";

/** The primary key of an item. */
export type Key = { readonly pk: string; readonly sk: string };

/** Fields of every record. `version` counts its changes. */
const stamp = { createdAt: z.iso.datetime(), updatedAt: z.iso.datetime(), version: z.int() };
type Stamp = z.output<z.ZodObject<typeof stamp>>;

/** Returns the times and the version of a new record. `now` is an ISO 8601 time. */
export const firstVersion = (now: string): Stamp => ({ createdAt: now, updatedAt: now, version: 1 });

/** Returns the changes of a new version of a record. `now` is an ISO 8601 time. */
export const nextVersion = (now: string) => ({ updatedAt: now, version: add(1) });

/** The records of an entity. */
export type RecordOf<Of extends { readonly read: (item: Item) => unknown }> = ReturnType<Of["read"]>;

interface Definition<Schema extends z.ZodObject, Names extends readonly (keyof z.output<Schema>)[]> {
  /** The value of the attribute `entity`. */
  readonly name: string;
  /** The fields of a record. `createdAt`, `updatedAt` and `version` need not be among them. */
  readonly schema: Schema;
  /** The fields that determine the key. They are stored as attributes as well. */
  readonly keyFields: Names;
  readonly keyOf: (fields: Pick<z.output<Schema>, Names[number]>) => Key;
  /** Attributes that are not named like their field. Example: `{ order: "rank" }` */
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Defines how records of a schema are stored. An item has the key, the fields (see `objectFormat`), the name of the
 * entity, and the version of its format. Functions that return a `Write` send nothing: pass it to `write` or
 * `transact`.
 */
export function entity<Schema extends z.ZodObject, const Names extends readonly (keyof z.output<Schema>)[]>({
  name,
  schema,
  keyFields,
  keyOf,
  attributes = {},
}: Definition<Schema, Names>) {
  type Fields = z.output<Schema> & Stamp;
  type KeyFields = Pick<z.output<Schema>, Names[number]>;
  const attributeOf = (field: string) => attributes[field] ?? field;
  const { store, members, ...format } = objectFormat({ ...schema.shape, ...stamp }, attributeOf);
  // `store` wrote the item, so its attributes have the types of the schema.
  const read = (item: object) => format.read(item) as Fields;
  const target = (fields: KeyFields) => ({ TableName: tableName(), Key: keyOf(fields) });

  /** Returns the parameters of a condition. A write whose condition fails returns the stored item. */
  const tested = (condition: Condition<Fields>, { isTrue, placeholders } = expressions(attributeOf)) => ({
    ConditionExpression: isTrue(condition),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    ...placeholders(),
  });

  function update(fields: KeyFields, changes: Changes<Fields>, condition?: Condition<Fields>): Write {
    const used = expressions(attributeOf);
    const UpdateExpression = used.setting(changes, (field, value) => members.get(field)?.store(value) ?? value);
    const parameters = condition ? tested(condition, used) : used.placeholders();
    return { Update: { ...target(fields), UpdateExpression, ...parameters } };
  }

  return {
    name,
    update,

    /** Returns the record of an item. */
    read,

    /** Returns a record, read consistently in one round trip. */
    async get(fields: KeyFields): Promise<Fields | undefined> {
      const { Item: item } = await documents().send(new GetCommand({ ...target(fields), ConsistentRead: true }));
      return item && read(item);
    },

    /** Returns the write of a whole record. Replaces the stored one, if the condition holds for it. */
    put(record: Fields, condition?: Condition<Fields>, indexKeys: IndexKeys = {}): Write {
      const Item = { ...store(record), ...indexKeys, ...keyOf(record), entity: name, schemaVersion: 1 };
      return { Put: { TableName: tableName(), Item, ...(condition && tested(condition)) } };
    },

    /** Updates a record and returns it, in one round trip. @throws ConditionFailed */
    async updateAndGet(fields: KeyFields, changes: Changes<Fields>, condition: Condition<Fields>): Promise<Fields> {
      return read(Object(await write(update(fields, changes, condition), "ALL_NEW")));
    },

    /** Returns an update that creates the record if it does not exist. `now` is an ISO 8601 time. */
    upsert(fields: KeyFields, changes: Changes<Fields>, now: string, condition?: Condition<Fields>): Write {
      const key = Object.fromEntries(keyFields.map((field) => [field, fields[field]]));
      const always = { ...key, entity: name, schemaVersion: 1, createdAt: ifAbsent(now), ...nextVersion(now) };
      return update(fields, { ...changes, ...always }, condition);
    },

    delete: (fields: KeyFields, condition?: Condition<Fields>): Write => ({
      Delete: { ...target(fields), ...(condition && tested(condition)) },
    }),

    /** Returns a transaction entry that only tests a condition. */
    check: (fields: KeyFields, condition: Condition<Fields>): Write => ({
      ConditionCheck: { ...target(fields), ...tested(condition) },
    }),
  };
}
