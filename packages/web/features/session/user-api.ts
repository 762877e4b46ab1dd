import { createClient } from "@daybook/core/client";
import { routes } from "../../lib/routes.ts";
import { session } from "./browser-session.ts";

/** API client of the signed-in user, on the page's own origin. */
export const userApi = createClient(routes, { baseUrl: "", fetch: session.fetch });

/** API client for requests that must be sent although the page unloads (`keepalive`). Bodies must be small or empty. */
export const lastingApi = createClient(routes, { baseUrl: "", fetch: session.lastingFetch });
