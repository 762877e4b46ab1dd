/** A feature that follows the events of its page while a component uses it. */
export interface PageListener {
  /** The network came or went, the session changed, or the page is shown again: send and fetch what can be. */
  refresh(): void;
  /** The window got the focus: fetch what other devices may have changed. */
  reload(): void;
  /** The page is hidden, or unloads if `isLeft`, and may never return. */
  hide(how: { readonly isLeft: boolean }): void;
  /** Whether unsaved changes would be lost if this tab closed now. */
  isAtRisk(): boolean;
  /** Called every minute while the page is visible. */
  everyMinute?(): void;
}

type Subscribe = (changed: () => void) => () => void;

const uses = new Map<PageListener, { count: number; stop(): void }>();

/**
 * Passes the page's events to a listener while it is used. Safe to call several times: two components share one set of
 * event listeners, and the last one to unmount removes it.
 * @param subscribe subscribes to changes of the session
 * @returns a function that ends this use
 */
export function whileUsed(listener: PageListener, subscribe: Subscribe): () => void {
  const use = uses.get(listener) ?? { count: 0, stop: listen(listener, subscribe) };
  use.count += 1;
  uses.set(listener, use);
  return () => {
    use.count -= 1;
    if (use.count > 0) return;
    uses.delete(listener);
    use.stop();
    listener.hide({ isLeft: false });
  };
}

function listen(listener: PageListener, subscribe: Subscribe): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const isVisible = () => document.visibilityState === "visible";
  const refresh = () => listener.refresh();
  const look = () => (isVisible() ? listener.refresh() : listener.hide({ isLeft: false }));
  window.addEventListener("online", refresh, { signal });
  window.addEventListener("offline", refresh, { signal });
  window.addEventListener("focus", () => listener.reload(), { signal });
  window.addEventListener("pagehide", () => listener.hide({ isLeft: true }), { signal });
  window.addEventListener("beforeunload", (event) => listener.isAtRisk() && event.preventDefault(), { signal });
  document.addEventListener("visibilitychange", look, { signal });
  signal.addEventListener("abort", subscribe(refresh));
  const timer = setInterval(() => isVisible() && listener.everyMinute?.(), 60_000);
  signal.addEventListener("abort", () => clearInterval(timer));
  refresh();
  return () => listening.abort();
}
