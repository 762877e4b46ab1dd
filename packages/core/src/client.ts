import type { OperationId, operations } from "./api.ts";
import { type ClientOf, type ClientOptions, clientOf } from "./contract/client.ts";
import type { Route } from "./contract/operation.ts";

// Imports only types of the contract, so that a page does not load its schemas.

export type Routes = Readonly<Record<OperationId, Route>>;
export type Client = ClientOf<typeof operations>;

/** Creates a client of the API. @see clientOf */
export const createClient = (routes: Routes, options: ClientOptions): Client => clientOf(routes, options);
