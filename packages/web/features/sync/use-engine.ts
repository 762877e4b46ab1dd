import { useEffect, useSyncExternalStore } from "react";
import { usePerson } from "../session/use-session.ts";
import { autoRefresh } from "./auto-refresh.ts";
import { engineOf } from "./current-engine.ts";
import type { Engine, View } from "./engine.ts";

/** The data of whoever is signed in; only inside of the session gate. */
export function useEngine(): Engine {
  const person = usePerson();
  if (!person) throw new Error("Nobody is signed in");
  const engine = engineOf(person.id);
  useEffect(() => autoRefresh(engine), [engine]);
  return engine;
}

export function useEngineState(): View {
  const engine = useEngine();
  return useSyncExternalStore(engine.subscribe, engine.view);
}
