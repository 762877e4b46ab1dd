import type { Json } from "./openapi.schema.ts";

const byFormat: Readonly<Record<string, string>> = {
  "date-time": "2026-11-21T09:00:00.000Z",
  date: "2026-11-24",
  email: "ada@example.com",
  uri: "https://daybook.example/v1",
};

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Returns an example for a JSON Schema: the schema's own example, its first enum value, its constant or its default, or
 * otherwise the simplest valid value. If the schema has alternatives, uses the first.
 *
 * @param schemas the referenced schemas, by id
 */
export function exampleOf(schema: unknown, schemas: ReadonlyMap<string, Json>): unknown {
  if (!isJson(schema)) return undefined;
  if (typeof schema.$ref === "string") return exampleOf(schemas.get(schema.$ref.split("/").at(-1) ?? ""), schemas);
  const [stated] = [...listOf(schema.examples), ...listOf(schema.enum)];
  if (stated !== undefined) return stated;
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  const [shape] = [...listOf(schema.allOf), ...listOf(schema.anyOf), ...listOf(schema.oneOf)];
  return shape === undefined ? plainest(schema, schemas) : exampleOf(shape, schemas);
}

function plainest(schema: Json, schemas: ReadonlyMap<string, Json>): unknown {
  switch (schema.type) {
    case "object": {
      const properties = isJson(schema.properties) ? Object.entries(schema.properties) : [];
      return Object.fromEntries(properties.map(([name, property]) => [name, exampleOf(property, schemas)]));
    }
    case "array":
      return Array.from({ length: Math.max(Number(schema.minItems ?? 1), 1) }, () => exampleOf(schema.items, schemas));
    case "string":
      return byFormat[String(schema.format)] ?? "text";
    case "integer":
    case "number":
      return Math.max(Number(schema.minimum ?? 1), 1);
    case "boolean":
      return false;
    default:
      return null;
  }
}
