import { useEffect, useSyncExternalStore } from "react";

/** Milliseconds until a part that could not be loaded is asked for again. */
const patienceMs = 2000;

const firstUses = ["pointerdown", "pointermove", "keydown", "touchstart"] as const;

/** Runs something once, as soon as somebody begins to use the page. */
function onFirstUse(run: () => void): void {
  const ended = new AbortController();
  for (const type of firstUses) {
    const listener = () => {
      ended.abort();
      run();
    };
    addEventListener(type, listener, { signal: ended.signal, passive: true, capture: true });
  }
}

/** Something that is loaded when it is needed. */
export interface OnDemand<Part> {
  /** What was loaded; nothing as long as it is not there. */
  part(): Part | undefined;
  start(): void;
  subscribe(listener: () => void): () => void;
}

/**
 * A part of the app that a page does without until somebody uses it, such as what opens over it. It comes as soon as the page is used at
 * all, so that it is there when it is wanted, even if there is no network by then; if it cannot be loaded, it is asked for again.
 * @param options.ahead whether it comes before it is wanted; not where most people never want it
 */
export function onDemand<Part>(load: () => Promise<Part>, { ahead = true } = {}): OnDemand<Part> {
  const listeners = new Set<() => void>();
  let part: Part | undefined;
  let isLoading = false;

  function start(): void {
    if (part !== undefined || isLoading) return;
    isLoading = true;
    load()
      .then((loaded) => {
        part = loaded;
        for (const listener of [...listeners]) listener();
      })
      .catch(() => {
        // Where nobody waits for it, the next who wants it asks.
        setTimeout(() => listeners.size > 0 && start(), patienceMs);
      })
      .finally(() => {
        isLoading = false;
      });
  }

  if (ahead && typeof document !== "undefined") onFirstUse(start);
  return {
    part: () => part,
    start,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nothing = () => undefined;

/** The part, as soon as it is there; `wanted` asks for it. */
export function usePart<Part>({ part, start, subscribe }: OnDemand<Part>, wanted: boolean): Part | undefined {
  const found = useSyncExternalStore(subscribe, part, nothing);
  useEffect(() => {
    if (wanted) start();
  }, [start, wanted]);
  return found;
}
