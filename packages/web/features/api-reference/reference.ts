import { features } from "@daybook/core/api";
import * as brand from "@daybook/core/brand";
import { openApiDocument } from "@daybook/core/contract/openapi";
import type { Answer, Content, JsonSchema } from "@daybook/core/contract/openapi.schema";
import type { Operation } from "@daybook/core/contract/operation";
import { apiReference as words } from "../../copy/api-reference.ts";
import { curlOf } from "./curl.ts";

const { paths, components } = openApiDocument(features, brand.origin);

/** All named schemas, in alphabetical order. */
export const schemas = Object.entries(components.schemas);

/** The schema of a body with its members, which a reference does not have: `#/components/schemas/Todo` → `Todo`. */
export const resolved = (schema: JsonSchema): JsonSchema =>
  components.schemas[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;

export interface Body {
  readonly mediaTypes: readonly string[];
  readonly schema: JsonSchema;
  readonly example: unknown;
}

function bodyOf(content: Content | undefined): Body | undefined {
  const [first] = Object.values(content ?? {});
  return content && first && { mediaTypes: Object.keys(content), schema: first.schema, example: first.example };
}

const isProblem = ([status]: readonly [string, Answer]) => Number(status) >= 400;

/** Returns an operation in the form that its section shows. */
function referenceOf(operation: Operation) {
  const { id, method, path, summary, access } = operation;
  const { parameters = [], requestBody, responses = {} } = paths[path]?.[method.toLowerCase()] ?? {};
  const request = bodyOf(requestBody?.content);
  const all = Object.entries(responses);
  return {
    id,
    method,
    path,
    summary,
    caller: words.callers[access],
    parameters,
    request,
    answers: all
      .filter((each) => !isProblem(each))
      .map(([status, answer]) => ({ status, ...answer, body: bodyOf(answer.content) })),
    /** Problem codes, by status. The list is empty if only the gateway returns the status. */
    problems: all.filter(isProblem).map(([status, { content }]) => {
      const codes = Object.keys(content?.["application/problem+json"]?.examples ?? {});
      return { status, codes };
    }),
    curl: curlOf(operation, request),
  };
}
export type ReferenceOperation = ReturnType<typeof referenceOf>;

/** All operations, grouped by feature. */
export const groups = Object.entries(features).map(([name, operations]) => ({
  name,
  operations: Object.values<Operation>(operations).map(referenceOf),
}));

export const operationWith = (id: string): ReferenceOperation | undefined =>
  groups.flatMap(({ operations }) => operations).find((operation) => operation.id === id);
