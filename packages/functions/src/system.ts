import { features, operations } from "@daybook/core/api";
import { openApiDocument } from "@daybook/core/contract/openapi";
import { ping } from "@daybook/core/db/table";
import { Problem } from "@daybook/core/problem";
import { systemOperations } from "@daybook/core/system/system.api";
import "./database.ts";
import { handle, stack } from "./http/handle.ts";
import { methodsOf } from "./http/methods.ts";
import { resources } from "./resources.ts";

export const getHealth = handle(systemOperations.getHealth, async () => {
  await ping();
  return { body: { status: "ok" as const, stage: resources.stage() } };
});

export const getOpenApi = handle(systemOperations.getOpenApi, async () => ({
  body: openApiDocument(features, resources.origin()),
}));

/** Handles the API's default route, for requests that match no operation. */
export const routeNotFound = stack("routeNotFound", async ({ rawPath, requestContext }) => {
  const { method } = requestContext.http;
  const allowed = methodsOf(Object.values(operations), rawPath);
  // This code is newer than the API's routes: during a deployment, or on a laptop before the graph is updated.
  if (allowed.some((each) => each === method))
    throw new Problem("route-not-found", {
      detail: `${method} ${rawPath} is not deployed yet. On a laptop, run \`npm run synth\`.`,
    });
  throw allowed.length > 0
    ? new Problem("method-not-allowed", {
        detail: `${rawPath} supports ${allowed.join(", ")}, not ${method}.`,
        allowed,
      })
    : new Problem("route-not-found", { detail: `No operation has ${method} ${rawPath}.` });
});
