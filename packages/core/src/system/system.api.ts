import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";

export const systemOperations = defineOperations({
  getHealth: {
    method: "GET",
    path: "/v1/health",
    summary: "Check the API and its database",
    access: "public",
    response: {
      status: 200,
      description: "Both respond",
      body: z
        .object({ status: z.literal("ok"), stage: z.string().meta({ example: "production" }) })
        .meta({ id: "Health" }),
    },
    cache: "no-store",
  },
  getOpenApi: {
    method: "GET",
    path: "/v1/openapi.json",
    summary: "Get the OpenAPI 3.1 document of this API",
    access: "public",
    response: {
      status: 200,
      description: "The OpenAPI document",
      body: z.looseObject({ openapi: z.string().meta({ example: "3.1.0" }) }),
    },
    cache: { edgeSeconds: 300, staleSeconds: 86_400 },
  },
});
