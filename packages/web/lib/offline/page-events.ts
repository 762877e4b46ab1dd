/** A feature that follows the events of its page while a component uses it. */
export interface PageListener {
  /** The network came or went, or the session changed. */
  onConnection(): void;
  /** The window got the focus. */
  onFocus(): void;
  onShow?(): void;
  /** Called every minute while the page is visible. */
  onMinute?(): void;
  /** The page is hidden or unloads, and may never return. */
  onHide(how: { readonly isLeft: boolean }): void;
  /** Whether unsaved changes would be lost if this tab closed now. */
  isAtRisk(): boolean;
}

const uses = new Map<PageListener, { count: number; stop(): void }>();

/**
 * Passes the page's events to a listener while it is used. Safe to call several times: two components share one set of
 * event listeners, and the last one to unmount removes it.
 * @param subscribe subscribes to changes of the session
 * @returns a function that ends this use
 */
export function whileUsed(listener: PageListener, subscribe: (changed: () => void) => () => void): () => void {
  const use = uses.get(listener) ?? { count: 0, stop: listen(listener, subscribe) };
  use.count += 1;
  uses.set(listener, use);
  return () => {
    use.count -= 1;
    if (use.count > 0) return;
    uses.delete(listener);
    use.stop();
    listener.onHide({ isLeft: false });
  };
}

function listen(listener: PageListener, subscribe: (changed: () => void) => () => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const changed = () => listener.onConnection();
  const turned = () => (document.hidden ? listener.onHide({ isLeft: false }) : listener.onShow?.());
  window.addEventListener("online", changed, { signal });
  window.addEventListener("offline", changed, { signal });
  window.addEventListener("focus", () => listener.onFocus(), { signal });
  window.addEventListener("pagehide", () => listener.onHide({ isLeft: true }), { signal });
  window.addEventListener("beforeunload", (event) => listener.isAtRisk() && event.preventDefault(), { signal });
  document.addEventListener("visibilitychange", turned, { signal });
  signal.addEventListener("abort", subscribe(changed));
  const timer = setInterval(() => document.hidden || listener.onMinute?.(), 60_000);
  signal.addEventListener("abort", () => clearInterval(timer));
  changed();
  return () => listening.abort();
}
