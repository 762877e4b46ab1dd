import { useMemo } from "react";
import { type Problem, problemsOf } from "./problems.ts";
import { type SyncStatus, syncStatusOf } from "./sync-status.ts";
import { useEngine, useEngineState } from "./use-engine.ts";

export type { Problem, SyncStatus };

/** Returns the save status, for the mark in the page frame. */
export function useSync(): SyncStatus & { retryNow(): void } {
  const engine = useEngine();
  const { state, online, durable } = useEngineState();
  const status = useMemo(() => syncStatusOf(state, { online, durable }), [state, online, durable]);
  return { ...status, retryNow: () => engine.retryNow() };
}

/** Returns the changes that need the user's decision: unreadable ones first, then by age, oldest first. */
export function useProblems(): Problem[] {
  const engine = useEngine();
  const { state } = useEngineState();
  return useMemo(() => problemsOf(state, engine.decide), [state, engine]);
}
