import { session } from "../session/browser-session.ts";
import type { Engine } from "./engine.ts";

/** Interval between fetches while the page is visible. Example: a todo added on the phone appears here within 60 s. */
const readEveryMs = 60_000;

/**
 * Number of mounted components that use each engine. Refreshing stops when it reaches 0. Example: the sidebar and the
 * list page give 2.
 */
const users = new Map<Engine, number>();
let stop: (() => void) | undefined;

/**
 * Fetches on focus, network and session events, and every minute, while a component uses the data. Safe to call
 * several times: two components share one set of listeners, and the last one to unmount removes it.
 * @returns a function that ends this use
 */
export function autoRefresh(engine: Engine): () => void {
  const before = users.get(engine) ?? 0;
  users.set(engine, before + 1);
  if (before === 0) {
    stop?.();
    stop = listen(engine);
  }
  return () => {
    const left = (users.get(engine) ?? 1) - 1;
    users.set(engine, left);
    if (left > 0) return;
    users.delete(engine);
    engine.hide({ isLeft: false });
    stop?.();
    stop = undefined;
  };
}

function listen(engine: Engine): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const refresh = () => engine.refresh();
  const look = () => (document.visibilityState === "visible" ? engine.refresh() : engine.hide({ isLeft: false }));
  window.addEventListener("online", refresh, { signal });
  window.addEventListener("offline", () => engine.look(), { signal });
  window.addEventListener("focus", () => engine.reload(), { signal });
  window.addEventListener("pagehide", () => engine.hide({ isLeft: true }), { signal });
  window.addEventListener("beforeunload", (event) => engine.isAtRisk() && event.preventDefault(), { signal });
  document.addEventListener("visibilitychange", look, { signal });
  const timer = setInterval(() => document.visibilityState === "visible" && engine.reload(), readEveryMs);
  const forget = session.subscribe(refresh);
  engine.refresh();
  return () => {
    listening.abort();
    clearInterval(timer);
    forget();
  };
}
