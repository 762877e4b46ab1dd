import * as z from "zod";
import type { Operation } from "./operation.ts";
import { Problem, type ProblemCode, problems, problemType } from "./problem.ts";

type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument extends Json {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
}

/** What the gateway says when it refuses a request itself. */
const GatewayMessage = z.object({ message: z.string() }).meta({ id: "GatewayMessage" });

/**
 * The API as an OpenAPI 3.1 document; the same contract gives the same document.
 *
 * @param features operations by feature, which become the document's tags
 * @param origin where the API answers, without a slash at the end
 */
export function openApiDocument(
  features: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
  origin: string,
): OpenApiDocument {
  const schemas = new Map<string, Json>();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [tag, operations] of Object.entries(features)) {
    for (const operation of Object.values(operations)) {
      paths[operation.path] = {
        ...paths[operation.path],
        [operation.method.toLowerCase()]: { tags: [tag], ...describe(operation, schemas) },
      };
    }
  }
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Daybook",
      version: "1.0.0",
      summary: "Todos and posts",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: origin }],
    tags: Object.keys(features).map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        session: { type: "apiKey", in: "cookie", name: "__Host-session" },
      },
    },
  };
}

const security = { public: [], session: [{ session: [] }], user: [{ accessToken: [] }] } as const;

function describe(operation: Operation, schemas: Map<string, Json>): Json {
  const { body } = operation;
  return {
    operationId: operation.id,
    summary: operation.summary,
    security: security[operation.access],
    parameters: [
      ...parametersOf("path", operation.params, schemas),
      ...parametersOf("query", operation.query, schemas),
      ...conditionsOf(operation),
    ],
    ...(body && { requestBody: { required: true, content: contentOf(operation, schemaOf(body, schemas)) } }),
    responses: {
      [operation.response.status]: success(operation, schemas),
      ...(revalidates(operation) && { 304: { description: "It has not changed" } }),
      ...refusals(operation, schemas),
    },
  };
}

/** A merge patch may also be called plain JSON. */
function contentOf({ method }: Operation, schema: Json): Json {
  const json = { "application/json": { schema } };
  return method === "PATCH" ? { "application/merge-patch+json": { schema }, ...json } : json;
}

function parametersOf(where: "path" | "query", object: z.ZodObject | undefined, schemas: Map<string, Json>): Json[] {
  return Object.entries(object?.shape ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || !z.safeParse(property, undefined).success,
    schema: schemaOf(property, schemas),
  }));
}

const revalidates = ({ method, cache }: Operation) => method === "GET" && cache !== "no-store";

function conditionsOf(operation: Operation): Json[] {
  const header = (name: string, description: string) => ({
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  });
  if (revalidates(operation)) return [header("If-None-Match", "The entity tag of what the client already has")];
  return operation.problems?.includes("version-conflict")
    ? [header("If-Match", "The entity tag of the version that may be changed")]
    : [];
}

function success(operation: Operation, schemas: Map<string, Json>): Json {
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
    ...(body && { content: { "application/json": { schema: schemaOf(body, schemas) } } }),
  };
}

/** What the shared stack may answer for an operation, besides the operation's own problems. */
function problemsOf({ params, query, body, access, problems: own = [] }: Operation): ProblemCode[] {
  return [
    ...own,
    ...(params || query || body ? (["validation-failed"] as const) : []),
    ...(body ? (["body-too-large", "media-type-unsupported"] as const) : []),
    ...(access === "user" ? (["session-missing"] as const) : []),
    "internal-error",
    "temporarily-unavailable",
  ];
}

function refusals(operation: Operation, schemas: Map<string, Json>): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(operation)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const gateway: readonly number[] = operation.access === "user" ? [401, 403, 429] : [429];
  const statuses = [...new Set([...byStatus.keys(), ...gateway])].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = byStatus.get(status) ?? [];
      const titles = codes.map((code) => `${problems[code].title} (\`${problemType(code)}\`)`);
      const content = {
        ...(codes.length > 0 && { "application/problem+json": { schema: schemaOf(Problem, schemas) } }),
        ...(gateway.includes(status) && { "application/json": { schema: schemaOf(GatewayMessage, schemas) } }),
      };
      return [status, { description: titles.join("; ") || "The gateway refuses the request", content }];
    }),
  );
}

/**
 * A schema as JSON Schema; what has an id is stored among the components and referred to. It describes parsed values: what a
 * request is checked against after white space and letter case have been evened out.
 */
function schemaOf(schema: z.core.$ZodType, schemas: Map<string, Json>): Json {
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
