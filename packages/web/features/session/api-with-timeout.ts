import { createClient } from "@daybook/core/contract/client";
import { routes } from "../../lib/routes.ts";
import { session } from "./browser-session.ts";
import { requestTimeoutMs } from "./request-timeout.ts";

/** The session's `fetch`, which would wait for as long as it takes a person to sign in again, or a network to answer. */
const fetchWithTimeout: typeof fetch = (input, init) => {
  const signal = AbortSignal.timeout(requestTimeoutMs);
  const tooLong = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  return Promise.race([session.fetch(input, { ...init, signal }), tooLong]);
};

/** The API as the person who is signed in, for what is kept in this browser and sent again: an answer that takes too long is a failure. */
export const apiWithTimeout = createClient(routes, { baseUrl: "", fetch: fetchWithTimeout });

/** Whether requests of this person can be sent: those of somebody who has to sign in again would wait, and another's must not be. */
export function mayAct(userId: string): boolean {
  const { status, person } = session.state();
  return person?.id === userId && status !== "expired" && status !== "signed-out";
}
