import { isSchema, type JsonSchema } from "@daybook/core/contract/openapi.schema";
import { apiReference as words } from "../../copy/api-reference.ts";

/** A member of a body, or of an object in it. */
interface Member {
  /** The path from the body's root, such as `errors[].pointer`. */
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/**
 * Returns the members of an object, each followed by its nested members. It skips named schemas, which have their own
 * description.
 */
export function membersOf({ properties = {}, required = [] }: JsonSchema, prefix = ""): Member[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    if (!isSchema(schema)) return [];
    const name = `${prefix}${key}`;
    const inner = isSchema(schema.items) ? membersOf(schema.items, `${name}[].`) : membersOf(schema, `${name}.`);
    return [{ name, schema, required: required.includes(key) }, ...inner];
  });
}

/** Describes a type: `string`, `date or null`, `array of [Todo](#schema-Todo)`. */
export function typeOf({ $ref, enum: values, const: only, anyOf, type, items, format }: JsonSchema): string {
  const name = $ref?.split("/").at(-1);
  if (name !== undefined) return `[${name}](#schema-${name})`;
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  if (anyOf) return anyOf.map(typeOf).join(` ${words.or} `);
  if (type === "array") return `${words.arrayOf} ${isSchema(items) ? typeOf(items) : words.anything}`;
  return format ?? ([type ?? []].flat().join(` ${words.or} `) || words.anything);
}

/** Bounds at ±`MAX_SAFE_INTEGER` only say that the number is an exact integer, so the reference omits them. */
const meant = (bound = Number.NaN) => (Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined);

function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  if (least && most) return [words.between(least, most, unit)];
  if (most !== undefined) return [words.atMost(most, unit)];
  return least === undefined || (least === 0 && unit !== "") ? [] : [words.atLeast(least, unit)];
}

/** Describes the constraints of a value and its default. */
export function rulesOf({ minLength, maxLength, minimum, maximum, maxItems, ...schema }: JsonSchema): string[] {
  return [
    ...range(minLength, maxLength, words.characters),
    ...range(meant(minimum), meant(maximum), ""),
    ...range(undefined, maxItems, words.items),
    ...(schema.default === undefined ? [] : [words.byDefault(JSON.stringify(schema.default))]),
  ];
}
