import { apiReference as words } from "../../copy/api-reference.ts";
import { curlOf } from "./curl.ts";
import { type Answer, apiDocument, type DocumentedOperation, type Parameter, type Schema } from "./document.ts";

/** Who may call an operation, from the scheme that protects it. */
type Access = keyof typeof words.callers;

export interface Body {
  readonly mediaTypes: readonly string[];
  readonly schema: Schema;
  readonly example: unknown;
}

/** An operation in the form that its section shows. */
export interface ReferenceOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly caller: string;
  readonly parameters: readonly Parameter[];
  readonly request: Body | undefined;
  /** Successful responses, by status. */
  readonly answers: readonly (readonly [status: string, Answer, Body | undefined])[];
  /** Problem codes, by status. The list is empty if only the gateway returns the status. */
  readonly problems: readonly (readonly [status: string, readonly string[]])[];
  readonly curl: string;
}

export interface ReferenceGroup {
  readonly name: string;
  readonly operations: readonly ReferenceOperation[];
}

function accessOf({ security }: DocumentedOperation): Access {
  if (security.some((scheme) => "accessToken" in scheme)) return "user";
  return security.length > 0 ? "session" : "public";
}

function bodyOf(content: Answer["content"]): Body | undefined {
  const [first] = Object.values(content ?? {});
  return content && first && { mediaTypes: Object.keys(content), schema: first.schema, example: first.example };
}

const isProblem = (status: string) => Number(status) >= 400;

function problemsOf(answers: DocumentedOperation["responses"]): ReferenceOperation["problems"] {
  return Object.entries(answers)
    .filter(([status]) => isProblem(status))
    .map(([status, { content }]) => [status, Object.keys(content?.["application/problem+json"]?.examples ?? {})]);
}

function referenceOf(path: string, method: string, operation: DocumentedOperation): ReferenceOperation {
  const access = accessOf(operation);
  const request = bodyOf(operation.requestBody?.content);
  const [mediaType = ""] = request?.mediaTypes ?? [];
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    caller: words.callers[access],
    parameters: operation.parameters,
    request,
    answers: Object.entries(operation.responses)
      .filter(([status]) => !isProblem(status))
      .map(([status, answer]) => [status, answer, bodyOf(answer.content)] as const),
    problems: problemsOf(operation.responses),
    curl: curlOf({
      method: method.toUpperCase(),
      path,
      access,
      ...(request && { body: { mediaType, example: request.example } }),
    }),
  };
}

/** All operations, grouped by feature. */
export const groups: readonly ReferenceGroup[] = apiDocument.tags.map(({ name }) => ({
  name,
  operations: Object.entries(apiDocument.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(name))
      .map(([method, operation]) => referenceOf(path, method, operation)),
  ),
}));

/** All named schemas, in alphabetical order. */
export const schemas: readonly (readonly [name: string, Schema])[] = Object.entries(apiDocument.components.schemas);

/** Returns the operation with an id. Throws if there is none. */
export function operationWith(id: string): ReferenceOperation {
  const found = groups.flatMap(({ operations }) => operations).find((operation) => operation.id === id);
  if (!found) throw new Error(`The API has no operation ${id}`);
  return found;
}
