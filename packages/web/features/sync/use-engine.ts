import { useEffect, useMemo, useSyncExternalStore } from "react";
import { whileUsed } from "../../lib/offline/page-events.ts";
import { session } from "../session/browser-session.ts";
import { useSignedInPerson } from "../session/use-session.ts";
import type { Engine, View } from "./engine.ts";
import { engineOf } from "./engine-of-user.ts";
import { type Problem, problemsOf } from "./problems.ts";
import { type SyncStatus, syncStatusOf } from "./sync-status.ts";

/** Returns the engine of the signed-in user. Use it only inside the session gate. */
export function useEngine(): Engine {
  const engine = engineOf(useSignedInPerson().id);
  useEffect(() => whileUsed(engine, session.subscribe), [engine]);
  return engine;
}

export function useEngineState(): View {
  const engine = useEngine();
  return useSyncExternalStore(engine.subscribe, engine.view);
}

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
