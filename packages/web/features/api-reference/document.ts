import { features } from "@daybook/core/api";
import { openApiDocument } from "@daybook/core/contract/openapi";
import * as z from "zod";

/** A JSON Schema in the OpenAPI document. */
export const Schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  get items() {
    return Schema.optional();
  },
  get anyOf() {
    return z.array(Schema).optional();
  },
});
export type Schema = z.output<typeof Schema>;

const Content = z.record(
  z.string(),
  z.object({
    schema: Schema,
    example: z.unknown().optional(),
    examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
  }),
);

export const Parameter = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  description: z.string().optional(),
  schema: Schema,
});
export type Parameter = z.output<typeof Parameter>;

export const Answer = z.object({
  description: z.string(),
  headers: z.record(z.string(), z.object({ description: z.string() })).optional(),
  content: Content.optional(),
});
export type Answer = z.output<typeof Answer>;

export const DocumentedOperation = z.object({
  operationId: z.string(),
  tags: z.tuple([z.string()]),
  summary: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(Parameter),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), Answer),
});
export type DocumentedOperation = z.output<typeof DocumentedOperation>;

const Document = z.object({
  info: z.object({ version: z.string() }),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), DocumentedOperation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});
export type Document = z.output<typeof Document>;

/** The parts of the API's OpenAPI document that the reference shows. */
export const apiDocument: Document = Document.parse(openApiDocument(features, "https://daybook.example"));

/** The name of a referenced schema: `#/components/schemas/Todo` → `Todo`. */
export const nameOf = ({ $ref }: Schema): string | undefined => $ref?.split("/").at(-1);
