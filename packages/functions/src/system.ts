import { features } from "@daybook/core/api";
import { openApiDocument } from "@daybook/core/contract/openapi";
import { ping } from "@daybook/core/db/table";
import { RouteNotFoundError } from "@daybook/core/errors";
import { systemOperations } from "@daybook/core/system/system.api";
import "./database.ts";
import { handle, stack } from "./http/handle.ts";
import { resources } from "./resources.ts";

export const getHealth = handle(systemOperations.getHealth, async () => {
  await ping();
  return { body: { status: "ok" as const, stage: resources.stage() } };
});

export const getOpenApi = handle(systemOperations.getOpenApi, async () => ({
  body: openApiDocument(features, resources.origin()),
}));

/** Not an operation: what the API's default route answers. */
export const routeNotFound = stack("routeNotFound", async ({ rawPath, requestContext }) => {
  throw new RouteNotFoundError(requestContext.http.method, rawPath);
});
