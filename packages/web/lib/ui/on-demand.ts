import { type ComponentType, createElement, useEffect, useSyncExternalStore } from "react";

/** Milliseconds before a failed load is retried. */
const patienceMs = 2000;

const firstUses = ["pointerdown", "pointermove", "keydown", "touchstart"];

/** A part of the app that is loaded on demand. */
export interface OnDemand<Part> {
  /** The loaded part, or undefined until it is loaded. */
  part(): Part | undefined;
  start(): void;
  subscribe(listener: () => void): () => void;
}

/**
 * Creates a part of the app that a page loads on demand, such as a dialog. By default, loading starts with the first
 * interaction, so that the part is available when it is needed, even if the network fails by then. Failed loads are
 * retried while a component waits.
 * @param options.ahead whether to load on the first interaction; turn it off for parts that most users never need
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
        // If no component waits, the next `start` retries.
        setTimeout(() => listeners.size > 0 && start(), patienceMs);
      })
      .finally(() => {
        isLoading = false;
      });
  }

  if (ahead && typeof document !== "undefined")
    for (const type of firstUses) addEventListener(type, start, { once: true, passive: true, capture: true });
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

/** Returns the part once it is loaded. `wanted` starts loading. */
export function usePart<Part>({ part, start, subscribe }: OnDemand<Part>, wanted: boolean): Part | undefined {
  const found = useSyncExternalStore(subscribe, part, nothing);
  useEffect(() => {
    if (wanted) start();
  }, [start, wanted]);
  return found;
}

/**
 * A component of a part that is loaded on demand. It renders nothing until then.
 * @param find returns the component in the loaded part
 * @param wanted whether rendering the component starts loading
 */
export function componentOf<Part, Props extends object>(
  source: OnDemand<Part>,
  find: (part: Part) => ComponentType<Props>,
  wanted: (props: Props) => boolean = () => true,
) {
  // biome-ignore lint/correctness/noComponentHookFactories: called when a module loads.
  return function ComponentOnDemand(props: Props) {
    const part = usePart(source, wanted(props));
    return part && createElement(find(part), props);
  };
}
