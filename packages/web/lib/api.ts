import { createClient } from "@daybook/core/contract/client";

/** The API on the page's own origin, for what needs no access token. */
export const publicApi = createClient({ baseUrl: "" });
