import fc from "fast-check";
import * as z from "zod";

/** The subset of JSON Schema that the OpenAPI document uses. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type Schemas = Readonly<Record<string, Schema>>;

/**
 * Length limit of valid strings. Longer ones only slow the tests down; `hostile` includes strings that are too long.
 */
const longest = 200;

const byFormat: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.emailAddress(),
  date: fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
};

function text({ format = "", pattern, minLength = 0, maxLength = longest }: Schema): fc.Arbitrary<string> {
  if (byFormat[format]) return byFormat[format];
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: "grapheme", minLength, maxLength: Math.max(minLength, Math.min(maxLength, longest)) });
}

/** Generates values that match a schema. */
export function valid(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const { $ref, anyOf, allOf, properties = {}, required = [], items = {} } = schema;
  if ($ref !== undefined) return valid(schemas[$ref.split("/").at(-1) ?? ""] ?? {}, schemas);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const shapes = anyOf ?? allOf;
  if (shapes) return fc.oneof(...shapes.map((shape) => valid(shape, schemas)));
  switch (schema.type) {
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, valid(property, schemas)])),
        { requiredKeys: [...required] },
      );
    case "array":
      return fc.array(valid(items, schemas), { maxLength: Math.min(schema.maxItems ?? 5, 5) });
    case "string":
      return fc.oneof(text(schema), ...(schema.examples ?? []).map((example) => fc.constant(example)));
    case "integer":
      return fc.integer({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6 });
    case "number":
      // Rounds tiny numbers to zero, because half of all doubles are closer to zero than any realistic value.
      return fc
        .double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true })
        .map((number) => (Math.abs(number) < 1e-9 ? 0 : number));
    case "boolean":
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

/** Values that often cause errors. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, 0, -0, -1, 1e308, 5e-324, 2 ** 53, "", " ", "\u0000", "\ud800", "a\udc00b", "🥛".repeat(600)],
    ...["a".repeat(20_000), "../../etc/passwd", "%00", "' OR 1=1 --", `\${jndi:ldap://x}`, "<script>", "\r\nx: y"],
    ...[[], {}, [[[]]], { $ref: "#" }, { length: -1 }, { toString: 1 }, { ["__proto__"]: { polluted: true } }],
    ...["9999-99-99", "2026-02-30", "0000-00-00", "NaN", "Infinity", "null", "undefined", "true", "١٢٣"],
  ),
  fc.string({ unit: "binary" }),
  fc.jsonValue({ maxDepth: 4 }),
);

const Members = z.record(z.string(), z.unknown());

/** Generates objects with one error: a missing, unknown or wrongly typed member. */
export function nearlyValid(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const change = fc.constantFrom("drop" as const, "replace" as const, "add" as const);
  return fc
    .tuple(valid(schema, schemas), change, fc.nat(), hostile, fc.string())
    .map(([value, kind, at, other, name]) => {
      const object = Members.safeParse(value);
      if (!object.success) return other;
      const members = Object.entries(object.data);
      const [key = "title"] = members[at % Math.max(members.length, 1)] ?? [];
      const others = members.filter(([each]) => each !== key || kind === "add");
      const added = kind === "drop" ? [] : [[kind === "add" ? name : key, other] as const];
      return Object.fromEntries([...others, ...added]);
    });
}
