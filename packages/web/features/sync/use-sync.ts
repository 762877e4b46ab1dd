import { useMemo } from "react";
import { type Problem, problemsOf } from "./problems.ts";
import { type SyncStatus, syncStatusOf } from "./sync-status.ts";
import { useEngine, useEngineState } from "./use-engine.ts";

export type { Problem, SyncStatus };

/** How it stands with saving: for a mark in the frame of the page. */
export function useSync(): SyncStatus & { retryNow(): void } {
  const engine = useEngine();
  const { state, online, durable } = useEngineState();
  const status = useMemo(() => syncStatusOf(state, { online, durable }), [state, online, durable]);
  return { ...status, retryNow: () => engine.retryNow() };
}

/** The changes that need a decision of the person, oldest first. */
export function useProblems(): Problem[] {
  const engine = useEngine();
  const { state } = useEngineState();
  return useMemo(() => problemsOf(state, engine.decide), [state, engine]);
}
