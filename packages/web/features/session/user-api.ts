import { createClient } from "@daybook/core/contract/client";
import { routes } from "../../lib/routes.ts";
import { session } from "./browser-session.ts";

/** The API on the page's own origin, as the person who is signed in. */
export const userApi = createClient(routes, { baseUrl: "", fetch: session.fetch });
export type UserApi = typeof userApi;

/** The same for what must be sent although the page goes; each request has a small body, or none. */
export const lastingApi = createClient(routes, { baseUrl: "", fetch: session.lastingFetch });
