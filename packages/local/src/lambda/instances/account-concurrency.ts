import type { ResolvedFunction } from "../../graph/graph.ts";

/** How many invocations an account runs at once: a quota that all functions without reserved concurrency share. */
export interface AccountConcurrency {
  /** Counts an invocation until it is released; undefined when the quota is used up. */
  acquire(fn: ResolvedFunction): { release(): void } | undefined;
}

/** AWS leaves functions without a reservation at least this much of the quota. */
const leastUnreserved = 100;

/**
 * @param quota `Infinity` for an account that never throttles
 * @throws when the functions reserve more than AWS would let them
 */
export function createAccountConcurrency(quota: number, functions: readonly ResolvedFunction[]): AccountConcurrency {
  const reserved = functions.reduce((sum, { concurrency = 0 }) => sum + concurrency, 0);
  const unreserved = quota - reserved;
  const least = Math.min(quota, leastUnreserved);
  if (unreserved < least)
    throw new Error(
      `The functions reserve a concurrency of ${reserved}, which decreases the account's unreserved concurrency below its minimum value of ${least}.`,
    );
  let busy = 0;
  return {
    acquire(fn) {
      if (fn.concurrency !== undefined) return { release: () => undefined };
      if (busy >= unreserved) return undefined;
      busy += 1;
      return {
        release() {
          busy -= 1;
        },
      };
    },
  };
}
