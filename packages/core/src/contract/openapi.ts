import * as z from "zod";
import * as brand from "../brand.ts";
import { exampleOf } from "./openapi.example.ts";
import { refusals } from "./openapi.refusals.ts";
import { type Answer, type Content, type Json, type JsonSchema, type MediaType, schemaOf } from "./openapi.schema.ts";
import { IdempotencyKey, type Operation } from "./operation.ts";

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument extends Json {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly securitySchemes: Json };
}

export type DescribedOperation = ReturnType<typeof describe>;

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/**
 * Returns the API as an OpenAPI 3.1 document. Deterministic.
 *
 * @param features operations by feature; features become tags
 * @param origin origin of the API without a trailing slash
 */
export function openApiDocument(
  features: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
  origin: string,
): OpenApiDocument {
  const schemas = new Map<string, JsonSchema>();
  const paths: Record<string, Record<string, DescribedOperation>> = {};
  for (const [tag, operations] of Object.entries(features)) {
    for (const operation of Object.values(operations)) {
      paths[operation.path] = {
        ...paths[operation.path],
        [operation.method.toLowerCase()]: describe(operation, tag, schemas),
      };
    }
  }
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: brand.name,
      version: "1.0.0",
      summary: "Todos, and everything around them",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: origin }],
    tags: Object.keys(features).map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(
        [...schemas]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, schema]) => [name, { ...schema, examples: [exampleOf(schema, schemas)] }]),
      ),
      securitySchemes: {
        accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        session: { type: "apiKey", in: "cookie", name: "__Host-session" },
      },
    },
  };
}

const security = { public: [], session: [{ session: [] }], user: [{ accessToken: [] }] } as const;

function describe(operation: Operation, tag: string, schemas: Map<string, JsonSchema>) {
  const { body } = operation;
  const responses: Record<string, Answer> = {
    [operation.response.status]: success(operation, schemas),
    ...(operation.response.later && { 202: { description: operation.response.later } }),
    ...(revalidates(operation) && { 304: { description: "Not modified" } }),
    ...refusals(operation, schemas),
  };
  return {
    tags: [tag],
    operationId: operation.id,
    summary: operation.summary,
    security: security[operation.access],
    parameters: [
      ...parametersOf("path", operation.params, schemas),
      ...parametersOf("query", operation.query, schemas),
      ...conditionsOf(operation, schemas),
    ],
    ...(body && { requestBody: { required: true, content: contentOf(operation, mediaType(body, schemas)) } }),
    responses,
  };
}

/** A merge patch can also be sent as plain JSON. */
function contentOf({ method }: Operation, media: MediaType): Content {
  const json = { "application/json": media };
  return method === "PATCH" ? { "application/merge-patch+json": media, ...json } : json;
}

function mediaType(body: z.ZodType, schemas: Map<string, JsonSchema>): MediaType {
  const schema = schemaOf(body, schemas);
  return { schema, example: exampleOf(schema, schemas) };
}

function parametersOf(
  where: "path" | "query",
  object: z.ZodObject | undefined,
  schemas: Map<string, JsonSchema>,
): Parameter[] {
  return Object.entries(object?.shape ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || !z.safeParse(property, undefined).success,
    schema: schemaOf(property, schemas),
  }));
}

const revalidates = ({ method, cache }: Operation) => method === "GET" && cache !== "no-store";

/** Returns the headers of conditional and idempotent requests. */
function conditionsOf(operation: Operation, schemas: Map<string, JsonSchema>): Parameter[] {
  const header = (
    name: string,
    description: string,
    schema: JsonSchema = { type: "string", examples: ['"1"'] },
  ): Parameter => ({
    name,
    in: "header",
    required: false,
    description,
    schema,
  });
  return [
    ...(revalidates(operation) ? [header("If-None-Match", "The entity tag of what the client already has")] : []),
    ...(operation.problems?.includes("version-conflict")
      ? [header("If-Match", "The entity tag of the version that may be changed")]
      : []),
    ...(operation.idempotent
      ? [
          header(
            "Idempotency-Key",
            "Names the request: repeated with the same key within 24 hours, it has no further effect and gets the first answer",
            schemaOf(IdempotencyKey, schemas),
          ),
        ]
      : []),
  ];
}

function success(operation: Operation, schemas: Map<string, JsonSchema>): Answer {
  const { status, description, body, paged } = operation.response;
  const header = (text: string) => ({ description: text, schema: { type: "string" } });
  const headers = {
    "Cache-Control": header("What may be stored of the answer"),
    ...(body && operation.cache !== "no-store" && { ETag: header("The version of the representation") }),
    ...(status === 201 && operation.cache !== "no-store" && { Location: header("The address of what was created") }),
    ...(paged && { Link: header('The next page, if there is one: `<…>; rel="next"` (RFC 8288)') }),
  };
  return {
    description,
    headers,
    ...(body && { content: { "application/json": mediaType(body, schemas) } }),
  };
}
