import * as brand from "../brand.ts";
import { isSchema, type JsonSchema } from "./openapi.schema.ts";

const byFormat: Readonly<Record<string, string>> = {
  "date-time": "2026-11-21T09:00:00.000Z",
  date: "2026-11-24",
  email: "ada@example.com",
  uri: `${brand.origin}/v1`,
};

/**
 * Returns an example for a JSON Schema: the schema's own example, its first enum value, its constant or its default, or
 * otherwise the simplest valid value. If the schema has alternatives, uses the first.
 *
 * @param schemas the referenced schemas, by id
 */
export function exampleOf(schema: JsonSchema["items"], schemas: ReadonlyMap<string, JsonSchema>): unknown {
  if (!isSchema(schema)) return undefined;
  const { $ref, examples = [], enum: values = [], allOf = [], anyOf = [], oneOf = [] } = schema;
  if ($ref !== undefined) return exampleOf(schemas.get($ref.split("/").at(-1) ?? ""), schemas);
  const [stated] = [...examples, ...values];
  if (stated !== undefined) return stated;
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  const [shape] = [...allOf, ...anyOf, ...oneOf];
  return shape === undefined ? plainest(schema, schemas) : exampleOf(shape, schemas);
}

function plainest(schema: JsonSchema, schemas: ReadonlyMap<string, JsonSchema>): unknown {
  switch (schema.type) {
    case "object": {
      const properties = Object.entries(schema.properties ?? {});
      return Object.fromEntries(properties.map(([name, property]) => [name, exampleOf(property, schemas)]));
    }
    case "array":
      return Array.from({ length: Math.max(schema.minItems ?? 1, 1) }, () => exampleOf(schema.items, schemas));
    case "string":
      return byFormat[schema.format ?? ""] ?? "text";
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return false;
    default:
      return null;
  }
}
