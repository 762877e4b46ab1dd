import { createClient } from "@daybook/core/contract/client";
import { routes } from "../../lib/routes.ts";
import { session } from "../session/browser-session.ts";
import { BrowserStore } from "./browser-store.ts";
import { Engine } from "./engine.ts";

/** So long a request may take before its answer counts as lost. */
const patienceMs = 30_000;

/** The session's `fetch`, which would wait for as long as it takes a person to sign in again, or a network to answer. */
const impatientFetch: typeof fetch = (input, init) => {
  const signal = AbortSignal.timeout(patienceMs);
  const tooLong = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  return Promise.race([session.fetch(input, { ...init, signal }), tooLong]);
};

const api = createClient(routes, { baseUrl: "", fetch: impatientFetch });

interface Current {
  readonly userId: string;
  readonly engine: Engine;
}

let current: Current | undefined;

/** The data of a person in this tab. Another person's is put away. */
export function engineOf(userId: string): Engine {
  if (current?.userId === userId) return current.engine;
  current?.engine.stop();
  const engine = new Engine({
    store: new BrowserStore(userId),
    api,
    alone: async (work) => {
      await navigator.locks.request(`daybook.sync.${userId}`, work);
    },
    isOnline: () => navigator.onLine,
    isAllowed: () => isAllowed(userId),
    now: () => Date.now(),
  });
  current = { userId, engine };
  return engine;
}

/** Requests of somebody who has to sign in again would wait, and those of another person must not be sent. */
function isAllowed(userId: string): boolean {
  const { status, person } = session.state();
  return person?.id === userId && status !== "expired" && status !== "signed-out";
}

export const currentEngine = (): Engine | undefined => current?.engine;
