import * as z from "zod";
import { type Answer, type JsonSchema, schemaOf } from "./openapi.schema.ts";
import type { Operation } from "./operation.ts";
import { type ProblemCode, problems, problemType, retryAfterOf } from "./problem.ts";
import { ProblemDetails } from "./problem-details.ts";

/** Body of the gateway's own errors. */
const GatewayMessage = z
  .object({ message: z.string().meta({ example: "Unauthorized" }) })
  .meta({ id: "GatewayMessage" });

/** Returns the problems of an operation, together with those that the shared stack can return. */
export function problemsOf({ body, access, idempotent, problems: own = [] }: Operation): ProblemCode[] {
  return [
    ...own,
    "validation-failed",
    ...(body ? (["body-too-large", "media-type-unsupported"] as const) : []),
    ...(idempotent ? (["request-in-flight", "idempotency-key-reused"] as const) : []),
    ...(access === "user" ? (["session-missing"] as const) : []),
    "internal-error",
    "temporarily-unavailable",
  ];
}

/** Returns the error responses of an operation, by status. */
export function refusals(operation: Operation, schemas: Map<string, JsonSchema>): Record<string, Answer> {
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
        ...(codes.length > 0 && {
          "application/problem+json": {
            schema: schemaOf(ProblemDetails, schemas),
            examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOfProblem(code) }])),
          },
        }),
        ...(gateway.includes(status) && { "application/json": { schema: schemaOf(GatewayMessage, schemas) } }),
      };
      const headers = codes.some((code) => retryAfterOf(code) !== undefined) && {
        "Retry-After": { description: "Seconds to wait before retrying", schema: { type: "string", examples: ["1"] } },
      };
      const description = titles.join("; ") || "The gateway refuses the request";
      return [status, { description, ...(headers && { headers }), content }];
    }),
  );
}

function exampleOfProblem(code: ProblemCode): ProblemDetails {
  const { status, title } = problems[code];
  const errors = [{ pointer: "/title", detail: "Must not be empty" }];
  return {
    type: problemType(code),
    title,
    status,
    detail: `${title}.`,
    instance: "JKJaXmPLvHcESHA=",
    ...(code === "validation-failed" && { errors }),
  };
}
