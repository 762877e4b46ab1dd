import fc from "fast-check";
import * as z from "zod";
import { hostile, nearlyValid, type Schema, type Schemas, valid } from "./arbitrary.ts";

const AnySchema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const Content = z.record(z.string(), z.object({ schema: AnySchema }));

/** The parts of a documented operation that requests are generated from and responses are validated against. */
export const Described = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]), schema: AnySchema })),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
export type Described = z.output<typeof Described>;

export const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Described)),
  components: z.object({ schemas: z.record(z.string(), AnySchema) }),
});

/** A generated request. The body is text, so it can be invalid JSON. */
export interface AnyRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly header: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Source {
  readonly schemas: Schemas;
  /** Parameter values that identify existing resources. */
  readonly known: Readonly<Record<string, string>>;
}

/** Creates values for a schema. */
type Value = (schema: Schema) => fc.Arbitrary<unknown>;

const inWords = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Reduces a value to characters and a length that HTTP clients can send in a header. */
const inHeader = (value: unknown) =>
  inWords(value)
    .replaceAll(/[^ -~\u0080-\u00ff]/g, "?")
    .slice(0, 1000);

const wordsOf = (values: Readonly<Record<string, unknown>>, write = inWords) =>
  Object.entries(values).map(([name, value]) => [name, write(value)] as const);

/** Generates requests of one kind: `value` creates the parameters, `json` the body. */
function requests(
  { parameters, requestBody }: Described,
  { known }: Source,
  value: Value,
  json: Value,
): fc.Arbitrary<AnyRequest> {
  const place = (where: "path" | "query" | "header") =>
    Object.fromEntries(
      parameters
        .filter((each) => each.in === where)
        .map(({ name, schema }) => [
          name,
          known[name] === undefined ? value(schema) : valueOr(known[name], value(schema)),
        ]),
    );
  const [schema] = Object.values(requestBody?.content ?? {}).map((media) => media.schema);
  return fc
    .record({
      path: fc.record(place("path")),
      query: fc.record(place("query"), { requiredKeys: [] }),
      header: fc.record(place("header"), { requiredKeys: [] }),
      body: schema ? json(schema).map((body) => JSON.stringify(body)) : fc.constant(undefined),
    })
    .map(({ path, query, header, body }) => ({
      path: Object.fromEntries(wordsOf(path)),
      query: wordsOf(query),
      header: Object.fromEntries(wordsOf(header, inHeader)),
      body,
    }));
}

const valueOr = (known: string, other: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant<unknown>(known) }, { weight: 1, arbitrary: other });

/** Generates requests for an operation: valid ones, almost valid ones, and arbitrary values in any place. */
export function requestsFor(operation: Described, source: Source): fc.Arbitrary<AnyRequest> {
  const { schemas } = source;
  const good: Value = (schema) => valid(schema, schemas);
  const nearly: Value = (schema) => nearlyValid(schema, schemas);
  const mixed: Value = (schema) =>
    fc.oneof({ weight: 2, arbitrary: valid(schema, schemas) }, { weight: 1, arbitrary: hostile });
  const usual = requests(operation, source, good, good);
  const withMore = fc.tuple(usual, fc.string(), hostile).map(([request, name, value]) => ({
    ...request,
    query: [...request.query, [name, inWords(value)] as const],
  }));
  const withText = fc.tuple(usual, fc.string()).map(([request, body]) => ({ ...request, body }));
  return fc.oneof(
    { weight: 3, arbitrary: usual },
    { weight: 3, arbitrary: requests(operation, source, good, nearly) },
    { weight: 3, arbitrary: requests(operation, source, mixed, mixed) },
    { weight: 1, arbitrary: withMore },
    // CloudFront rejects a body for methods that expect none.
    ...(operation.requestBody ? [{ weight: 1, arbitrary: withText }] : []),
  );
}
