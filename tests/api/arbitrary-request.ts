import fc from "fast-check";
import * as z from "zod";
import { hostile, nearlyValid, type Schema, type Schemas, valid } from "./arbitrary.ts";

const AnySchema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const Content = z.record(z.string(), z.object({ schema: AnySchema }));

/** An operation, as much of it as requests are made from and answers are checked with. */
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

/** What is in each place of a request; a body is text, so that it may be no JSON at all. */
export interface AnyRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly header: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Source {
  readonly schemas: Schemas;
  /** Values of parameters that name something that is there. */
  readonly known: Readonly<Record<string, string>>;
}

/** How a value for a schema is come by. */
type Value = (schema: Schema) => fc.Arbitrary<unknown>;

const inWords = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** What a client can send in a header at all. */
const inHeader = (value: unknown) =>
  inWords(value)
    .replaceAll(/[^ -~\u0080-\u00ff]/g, "?")
    .slice(0, 1000);

const wordsOf = (values: Readonly<Record<string, unknown>>, write = inWords) =>
  Object.entries(values).map(([name, value]) => [name, write(value)] as const);

/** One kind of requests: `value` fills the parameters, `json` the body. */
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

/** Requests for an operation: what its description asks for, nearly that, and anything at all in any place. */
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
    // CloudFront takes no body where none is expected.
    ...(operation.requestBody ? [{ weight: 1, arbitrary: withText }] : []),
  );
}
