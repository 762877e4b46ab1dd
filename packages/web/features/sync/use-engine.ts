import { useEffect, useSyncExternalStore } from "react";
import { usePerson } from "../session/use-session.ts";
import { autoRefresh } from "./auto-refresh.ts";
import { engineOf } from "./current-engine.ts";
import type { Engine, View } from "./engine.ts";

/**
 * Returns the engine of the signed-in user. Use it only inside the session gate.
 * @throws if no user is signed in
 */
export function useEngine(): Engine {
  const person = usePerson();
  if (!person) throw new Error("No user is signed in");
  const engine = engineOf(person.id);
  useEffect(() => autoRefresh(engine), [engine]);
  return engine;
}

export function useEngineState(): View {
  const engine = useEngine();
  return useSyncExternalStore(engine.subscribe, engine.view);
}
