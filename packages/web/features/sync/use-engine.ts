import { useEffect, useMemo, useSyncExternalStore } from "react";
import { whileUsed } from "../../lib/offline/page-events.ts";
import { session } from "../session/browser-session.ts";
import { useSignedInPerson } from "../session/use-session.ts";
import type { Engine, View } from "./engine.ts";
import { engineOf } from "./engine-of-user.ts";
import { type Problem, problemsOf } from "./problems.ts";
import { type SyncStatus, syncStatusOf } from "./sync-status.ts";

/** Returns the engine of the signed-in user, and what it shows. Use it only inside the session gate. */
export function useEngine(): View & { readonly engine: Engine } {
  const engine = engineOf(useSignedInPerson().id);
  useEffect(() => whileUsed(engine, session.subscribe), [engine]);
  return { engine, ...useSyncExternalStore(engine.subscribe, engine.view) };
}

/** Returns the save status, for the mark in the page frame. */
export function useSync(): SyncStatus & { retryNow(): void } {
  const { engine, state, online, durable } = useEngine();
  const status = useMemo(() => syncStatusOf(state, { online, durable }), [state, online, durable]);
  return { ...status, retryNow: () => engine.retryNow() };
}

/** Returns the changes that need the user's decision: unreadable ones first, then by age, oldest first. */
export function useProblems(): Problem[] {
  const { engine, state } = useEngine();
  return useMemo(() => problemsOf(state, engine.decide), [state, engine]);
}
