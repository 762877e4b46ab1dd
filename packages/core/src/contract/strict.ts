import * as z from "zod";
import { operations } from "../api.ts";
import type { OperationSpec } from "./operation.ts";

/** Checks a response against the contract. Unknown members are an error. */
export function checkAnswer(id: keyof typeof operations, data: unknown): unknown {
  const { body }: OperationSpec["response"] = operations[id].response;
  return body ? strictly(body, data) : data;
}

function strictly(schema: z.ZodType, data: unknown): unknown {
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType && Array.isArray(data)) {
    const { element } = schema;
    return schema.parse(data.map((item) => strictly(element, item)));
  }
  const { def } = schema._zod;
  return schema instanceof z.ZodObject && !("catchall" in def && def.catchall)
    ? schema.strict().parse(data)
    : schema.parse(data);
}
