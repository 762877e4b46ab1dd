import { createClient } from "@daybook/core/contract/client";
import { routes } from "./routes.ts";

/** The API on the page's own origin, for what needs no access token. */
export const publicApi = createClient(routes, { baseUrl: "" });
