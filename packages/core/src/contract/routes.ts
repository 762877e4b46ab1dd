import type { operations } from "../api.ts";
import type { OperationSpec } from "./operation.ts";

type Operations = typeof operations;

/**
 * The part of an operation that a request needs, without the schemas, which are most of a contract's size in a browser.
 */
export type Route = Pick<OperationSpec, "method" | "path" | "access">;
export type Routes = { readonly [Id in keyof Operations]: Route };

/** Returns the operations without their schemas, as data that can be included in the build of a page. */
export function routesOf(all: Operations): Routes {
  const routes = Object.entries(all).map(([id, { method, path, access }]) => [id, { method, path, access }]);
  // Object.fromEntries loses the type of each key; the mapped type restates it.
  return Object.fromEntries(routes) as Routes;
}
