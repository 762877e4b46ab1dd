import * as z from "zod";

/** A part of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** JSON Schema also allows booleans as schemas, and a list of schemas for items. The API has neither. */
export const isSchema = (schema: JsonSchema["items"]): schema is JsonSchema =>
  typeof schema === "object" && !Array.isArray(schema);

/** A body in its media types. */
export type Content = Readonly<Record<string, MediaType>>;

export interface MediaType {
  readonly schema: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** A response of an operation. */
export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Json>>;
  readonly content?: Content;
}

/**
 * Converts a schema to JSON Schema. Schemas with an id are added to `schemas` and referenced. The result describes
 * parsed values: requests are checked after trimming and after conversion to lower case.
 */
export function schemaOf(schema: z.core.$ZodType, schemas: Map<string, JsonSchema>): JsonSchema {
  const { properties, $defs = {} } = z.toJSONSchema(z.object({ value: schema }), { io: "output", override: asOpenApi });
  for (const [id, definition] of Object.entries($defs)) schemas.set(id, relocated(definition));
  return relocated(properties?.value ?? {});
}

const formats = new Set(["date", "date-time", "email", "uri"]);

/**
 * Adapts a schema to OpenAPI 3.1. Examples are a list. A format replaces Zod's long pattern for it. Only strict objects
 * are closed, because responses can get new members.
 */
function asOpenApi({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void {
  if ("example" in jsonSchema) jsonSchema.examples = [jsonSchema.example];
  delete jsonSchema.example;
  if (formats.has(jsonSchema.format ?? "")) delete jsonSchema.pattern;
  const { def } = zodSchema._zod;
  if (def.type === "object" && def.catchall === undefined) delete jsonSchema.additionalProperties;
}

/** Changes references to Zod's definitions to references to the document's components. */
function relocated(schema: unknown): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
