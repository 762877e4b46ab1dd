import { createClient } from "@daybook/core/client";
import { routes } from "../../lib/routes.ts";
import { session } from "./browser-session.ts";
import { requestTimeoutMs } from "./request-timeout.ts";

/**
 * Adds a timeout to the session's `fetch`. Without it, a call waits until the user has signed in again or the network
 * answers.
 */
const fetchWithTimeout: typeof fetch = (input, init) => {
  const signal = AbortSignal.timeout(requestTimeoutMs);
  const tooLong = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  return Promise.race([session.fetch(input, { ...init, signal }), tooLong]);
};

/**
 * API client of the signed-in user with a timeout, for requests that this browser retries. A timeout counts as a
 * failure.
 */
export const apiWithTimeout = createClient(routes, { baseUrl: "", fetch: fetchWithTimeout });

/**
 * Whether requests can be sent as this user: false while they have to sign in again, because requests would wait, and
 * false after another user signed in.
 */
export function mayAct(userId: string): boolean {
  const { status, person } = session.state();
  return person?.id === userId && status !== "expired" && status !== "signed-out";
}
