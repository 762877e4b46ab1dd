import { createClient } from "@daybook/core/contract/client";
import { routes } from "../../lib/routes.ts";
import { session } from "./browser-session.ts";
import { requestTimeoutMs } from "./request-timeout.ts";

/** The session's `fetch` with a timeout. Without it, a call waits until the person has signed in again or the network answers. */
const fetchWithTimeout: typeof fetch = (input, init) => {
  const signal = AbortSignal.timeout(requestTimeoutMs);
  const tooLong = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  return Promise.race([session.fetch(input, { ...init, signal }), tooLong]);
};

/** The API as the signed-in person, for requests that are retried from this browser: a timeout counts as a failure. */
export const apiWithTimeout = createClient(routes, { baseUrl: "", fetch: fetchWithTimeout });

/** Whether requests of this person can be sent: those of somebody who has to sign in again would wait, and another's must not be. */
export function mayAct(userId: string): boolean {
  const { status, person } = session.state();
  return person?.id === userId && status !== "expired" && status !== "signed-out";
}
