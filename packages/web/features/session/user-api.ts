import { createClient } from "@daybook/core/contract/client";
import { session } from "./browser-session.ts";

/** The API on the page's own origin, as the person who is signed in. */
export const userApi = createClient({ baseUrl: "", fetch: session.fetch });
export type UserApi = typeof userApi;
