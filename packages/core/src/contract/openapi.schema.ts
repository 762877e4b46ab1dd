import * as z from "zod";

/** A part of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;

/**
 * A schema as JSON Schema; what has an id is stored among the components and referred to. It describes parsed values: what a
 * request is checked against after white space and letter case have been evened out.
 */
export function schemaOf(schema: z.core.$ZodType, schemas: Map<string, Json>): Json {
  const { properties, $defs = {} } = z.toJSONSchema(z.object({ value: schema }), { io: "output", override: asOpenApi });
  for (const [id, definition] of Object.entries($defs)) schemas.set(id, relocated(definition));
  return relocated(properties?.value ?? {});
}

const formats = new Set(["date", "date-time", "email", "uri"]);

/**
 * In OpenAPI 3.1 examples are a list; a format says what Zod's pattern for it says at length; and only what is strict in the contract
 * is closed: an answer may grow.
 */
function asOpenApi({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  if ("example" in jsonSchema) jsonSchema.examples = [jsonSchema.example];
  delete jsonSchema.example;
  if (formats.has(jsonSchema.format ?? "")) delete jsonSchema.pattern;
  const { def } = zodSchema._zod;
  if (def.type === "object" && def.catchall === undefined) delete jsonSchema.additionalProperties;
}

/** References to Zod's definitions become references to the document's components. */
function relocated(schema: unknown): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
