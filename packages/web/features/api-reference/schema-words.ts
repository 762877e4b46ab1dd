import { apiReference as words } from "../../copy/api-reference.ts";
import { nameOf, type Schema } from "./document.ts";

/** A member of a body, or of an object in it. */
export interface Member {
  /** The path from the body's root, such as `errors[].pointer`. */
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The object schema of an object, or of the items of an array. */
function objectOf(schema: Schema): { at: string; object: Schema } | undefined {
  if (schema.properties) return { at: ".", object: schema };
  return schema.items?.properties ? { at: "[].", object: schema.items } : undefined;
}

/**
 * Returns the members of an object, each followed by its nested members. It skips named schemas, which have their own
 * description.
 */
export function membersOf({ properties = {}, required = [] }: Schema, prefix = ""): Member[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    const inner = objectOf(schema);
    return [
      { path, schema, required: required.includes(name) },
      ...(inner ? membersOf(inner.object, `${path}${inner.at}`) : []),
    ];
  });
}

/** Describes a type: `string`, `date or null`, `array of Todo`. */
export function typeOf(schema: Schema): string {
  const name = nameOf(schema);
  if (name !== undefined) return name;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(` ${words.or} `);
  if (schema.type === "array") return `${words.arrayOf} ${schema.items ? typeOf(schema.items) : words.anything}`;
  return schema.format ?? ([schema.type ?? []].flat().join(` ${words.or} `) || words.anything);
}

/** Bounds at ±`MAX_SAFE_INTEGER` only say that the number is an exact integer, so the reference omits them. */
const isMeant = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  if (least && most) return [words.between(least, most, unit)];
  if (most !== undefined) return [words.atMost(most, unit)];
  return least === undefined || (least === 0 && unit !== "") ? [] : [words.atLeast(least, unit)];
}

/** Describes the constraints of a value and its default. */
export function rulesOf(schema: Schema): string[] {
  const { minimum, maximum } = schema;
  return [
    ...range(schema.minLength, schema.maxLength, words.characters),
    ...range(isMeant(minimum) ? minimum : undefined, isMeant(maximum) ? maximum : undefined, ""),
    ...range(undefined, schema.maxItems, words.items),
    ...(schema.default === undefined ? [] : [words.byDefault(JSON.stringify(schema.default))]),
  ];
}
