import { createClient } from "@daybook/core/client";
import { routes } from "./routes.ts";

/** A client for operations that need no access token, on the page's own origin. */
export const publicApi = createClient(routes, { baseUrl: "" });
