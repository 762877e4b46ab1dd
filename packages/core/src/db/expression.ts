import type { Item } from "./stored-format.ts";

/** Attributes of the index keys. A missing one keeps the item out of the index. */
export interface IndexKeys {
  readonly rank?: number | null | undefined;
  readonly gsi1pk?: string | null | undefined;
  readonly gsi1sk?: string | null | undefined;
  readonly gsi2pk?: string | null | undefined;
  readonly gsi2sk?: string | null | undefined;
}

/** A test of one attribute: a value that it must equal, or one comparison. */
type Test<Value> =
  | Value
  | { readonly exists: boolean }
  | { readonly in: readonly Value[] }
  | { readonly ne: Value }
  | { readonly lt: Value }
  | { readonly lte: Value }
  | { readonly gte: Value }
  | { readonly contains: string };

/** A condition whose tests must all hold. A member of a map is named by its path, such as `writer.id`. */
type Tests<Fields> = { readonly [Name in keyof Fields]?: Test<NonNullable<Fields[Name]>> } & {
  readonly [path: `${string}.${string}`]: Test<string | number | boolean>;
} & { readonly entity?: string };

/**
 * A condition on an item. Of an array, at least one must hold.
 *
 * Example: `[{ version: { exists: false } }, { listId: "lst_1", version: { lt: 4 } }]` holds if there is no item, or if
 * it belongs to `lst_1` and its version is below 4.
 */
export type Condition<Fields> = Tests<Fields> | readonly Tests<Fields>[];

/** A change of an attribute that depends on its stored value. */
class Change<Value> {
  readonly kind: "ADD" | "DELETE" | "if-absent";
  readonly value: Value;

  constructor(kind: Change<Value>["kind"], value: Value) {
    this.kind = kind;
    this.value = value;
  }
}

/** Adds to a number. A missing number counts as 0. */
export const add = (value: number) => new Change("ADD", value);
/** Removes elements of a set. */
export const without = <Element>(elements: Set<Element>) => new Change("DELETE", elements);
/** Sets an attribute only if it is missing. */
export const ifAbsent = <Value>(value: Value) => new Change("if-absent", value);

/** Changes of an item. Null removes an attribute, undefined keeps it. */
export type Changes<Fields> = {
  readonly [Name in keyof Fields]?:
    | Fields[Name]
    | Change<NonNullable<Fields[Name]>>
    | (undefined extends Fields[Name] ? null : never)
    | undefined;
} & IndexKeys;

const comparators: Readonly<Record<string, string>> = { ne: "<>", lt: "<", lte: "<=", gte: ">=" };

/**
 * Collects the placeholders of the expressions of one command. Example: `isTrue({ order: 5 })` of an entity that stores
 * `order` as `rank` returns `#rank = :0`, and `placeholders()` maps `#rank` to `rank` and `:0` to 5.
 *
 * @param attributeOf returns the attribute in which a field is stored
 */
export function expressions(attributeOf: (field: string) => string) {
  const names: Record<string, string> = {};
  const values: Item = {};
  const name = (path: string) =>
    path
      .split(".")
      .map((field) => {
        const attribute = attributeOf(field);
        names[`#${attribute}`] = attribute;
        return `#${attribute}`;
      })
      .join(".");
  const value = (each: unknown) => {
    const placeholder = `:${Object.keys(values).length}`;
    values[placeholder] = each;
    return placeholder;
  };

  function passes(path: string, test: unknown): string {
    if (typeof test !== "object" || test === null) return `${name(path)} = ${value(test)}`;
    const [[comparison = "", operand] = []] = Object.entries(test);
    switch (comparison) {
      case "exists":
        return `${operand ? "attribute_exists" : "attribute_not_exists"}(${name(path)})`;
      case "in":
        return `${name(path)} IN (${[...operand].map(value).join(", ")})`;
      case "contains":
        return `contains(${name(path)}, ${value(operand)})`;
      default:
        return `${name(path)} ${comparators[comparison]} ${value(operand)}`;
    }
  }

  return {
    name,
    value,
    isTrue: (condition: object): string =>
      (Array.isArray(condition) ? condition : [condition])
        .map((tests) => Object.entries(tests).map(([path, test]) => passes(path, test)))
        .map((all) => (all.length > 1 ? `(${all.join(" AND ")})` : all.join("")))
        .join(" OR "),
    /** Returns an update expression. `store` converts the value of a field to its attribute. */
    setting: (changes: object, store: (field: string, value: unknown) => unknown): string => {
      const parts = Object.entries(changes)
        .filter(([, change]) => change !== undefined)
        .map(([field, change]) => {
          if (change === null) return ["REMOVE", name(field)] as const;
          if (!(change instanceof Change)) return ["SET", `${name(field)} = ${value(store(field, change))}`] as const;
          const operand = value(store(field, change.value));
          if (change.kind !== "if-absent") return [change.kind, `${name(field)} ${operand}`] as const;
          return ["SET", `${name(field)} = if_not_exists(${name(field)}, ${operand})`] as const;
        });
      const clauses = Map.groupBy(parts, ([keyword]) => keyword);
      return [...clauses].map(([keyword, group]) => `${keyword} ${group.map(([, part]) => part).join(", ")}`).join(" ");
    },
    placeholders: () => ({
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
}
