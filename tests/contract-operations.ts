import { features, type OperationId, operations } from "@daybook/core/api";
import { openApiDocument } from "@daybook/core/contract/openapi";
import type { Operation } from "@daybook/core/contract/operation";
import * as z from "zod";

/** All operations of the contract. */
// `Object.keys` returns `string[]`, but the keys of `operations` are its ids.
export const allOperations = (Object.keys(operations) as OperationId[]).map(
  (id): Operation<Operation, OperationId> => operations[id],
);

const document = openApiDocument(features, "https://daybook.example");
const Described = z.object({
  requestBody: z
    .object({ content: z.object({ "application/json": z.object({ example: z.record(z.string(), z.unknown()) }) }) })
    .optional(),
});

/** Returns a valid body for an operation, from the OpenAPI example, or undefined if it has none. */
export function exampleBodyOf({ path, method }: Operation): Readonly<Record<string, unknown>> | undefined {
  const described = Described.parse(document.paths[path]?.[method.toLowerCase()]);
  return described.requestBody?.content["application/json"].example;
}
