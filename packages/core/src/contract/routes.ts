import type { operations } from "../api.ts";
import type { OperationSpec } from "./operation.ts";

type Operations = typeof operations;

/** All that a request needs to know of its operation: nothing of the schemas, which are most of a contract's weight in a browser. */
export type Route = Pick<OperationSpec, "method" | "path" | "access">;
export type Routes = { readonly [Id in keyof Operations]: Route };

/** The operations without their schemas, as data that a page's build can hold. */
export function routesOf(all: Operations): Routes {
  const routes = Object.entries(all).map(([id, { method, path, access }]) => [id, { method, path, access }]);
  // Object.fromEntries forgets which key holds which route; the mapped type restates it.
  return Object.fromEntries(routes) as Routes;
}
