import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";

export const systemOperations = defineOperations({
  getHealth: {
    method: "GET",
    path: "/v1/health",
    summary: "Whether the API and its database answer",
    access: "public",
    response: {
      status: 200,
      description: "They do",
      body: z
        .object({ status: z.literal("ok"), stage: z.string().meta({ example: "production" }) })
        .meta({ id: "Health" }),
    },
    cache: "no-store",
    problems: ["temporarily-unavailable"],
  },
  getOpenApi: {
    method: "GET",
    path: "/v1/openapi.json",
    summary: "This API as an OpenAPI 3.1 document",
    access: "public",
    response: {
      status: 200,
      description: "The document",
      body: z.looseObject({ openapi: z.string().meta({ example: "3.1.0" }) }),
    },
    cache: { edgeSeconds: 300, staleSeconds: 86_400 },
  },
});
