import type * as z from "zod";

/** An item of the table, or a map in one. */
export type Item = Record<string, unknown>;

/** Converts a value to an attribute and back. */
interface Format {
  readonly store: (value: unknown) => unknown;
  readonly read: (attribute: unknown) => unknown;
  /** Returns the value of a missing attribute. Without it, the attribute is required. */
  readonly absent?: () => unknown;
}

interface ObjectFormat {
  readonly store: (value: object) => Item;
  readonly read: (item: object) => Item;
  /** The formats of the members. */
  readonly members: ReadonlyMap<string, Format>;
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;

const unchanged: Format = { store: (value) => value, read: (attribute) => attribute };

function formatOf(schema: z.core.$ZodType): Format {
  // Zod's union of all schema types, which its documentation suggests for reading the structure of a schema.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object": {
      const { store, read } = objectFormat(def.shape);
      return { store: (value) => store(Object(value)), read: (attribute) => read(Object(attribute)) };
    }
    case "array": {
      const { store, read } = formatOf(def.element);
      return { store: (values) => each(values, store), read: (attribute) => each(attribute, read) };
    }
    case "nullable":
      return { ...formatOf(def.innerType), absent: () => null };
    case "optional":
      return { ...formatOf(def.innerType), absent: () => undefined };
    case "default":
      return { ...formatOf(def.innerType), absent: () => def.defaultValue };
    case "readonly":
      return formatOf(def.innerType);
    default:
      return unchanged;
  }
}

const each = (values: unknown, convert: (value: unknown) => unknown) =>
  Array.isArray(values) ? values.map(convert) : values;

/**
 * Returns how DynamoDB stores the objects of a schema. Null and undefined are stored as a missing attribute, at any
 * depth. A missing attribute is read as the schema's default, null or undefined. Members that the schema does not name
 * are left out.
 *
 * Attributes are not validated when they are read: only values of the schema's type are stored, and an item that was
 * stored before a limit became stricter must stay readable.
 *
 * Example: with a nullable `handle`, `{ name: "Ada", handle: null }` is stored as `{ name: "Ada" }`.
 *
 * @param attributeOf returns the attribute in which a member is stored
 */
export function objectFormat(shape: Shape, attributeOf = (name: string) => name): ObjectFormat {
  const members = new Map(Object.entries(shape).map(([name, schema]) => [name, formatOf(schema)]));
  return {
    members,
    store: (value) =>
      Object.fromEntries(
        [...members].flatMap(([name, { store }]) => {
          const member = Reflect.get(value, name) ?? undefined;
          return member === undefined ? [] : [[attributeOf(name), store(member)]];
        }),
      ),
    read: (item) =>
      Object.fromEntries(
        [...members].flatMap(([name, { read, absent }]) => {
          const attribute = Reflect.get(item, attributeOf(name));
          if (attribute === undefined && !absent) throw new Error(`The stored item has no "${attributeOf(name)}"`);
          const member = attribute === undefined ? absent?.() : read(attribute);
          return member === undefined ? [] : [[name, member]];
        }),
      ),
  };
}
