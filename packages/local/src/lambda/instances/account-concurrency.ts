import type { ResolvedFunction } from "../../graph/graph.ts";

/**
 * Limits the concurrent invocations of an account. All functions without reserved concurrency share the rest of the
 * quota. Example: with a quota of 1,000 and a reservation of 50, they share 950.
 */
export interface AccountConcurrency {
  /** Counts an invocation until `release` is called. Returns undefined if the quota is used up. */
  acquire(fn: ResolvedFunction): { release(): void } | undefined;
}

/** AWS keeps at least this much of the quota for functions without reserved concurrency. */
const leastUnreserved = 100;

/**
 * @param quota `Infinity` for an account that never throttles
 * @throws if the functions reserve more than AWS allows
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
