import { useSyncExternalStore } from "react";

export interface ToastContent {
  /** A toast with the id of one that is there takes its place. */
  readonly id?: string;
  readonly text: string;
  readonly action?: { readonly name: string; run(): void };
  readonly tone?: "plain" | "error";
  /** It stays until it is dismissed or its action is chosen. */
  readonly lasting?: boolean;
  /** Whether its action still works after the page was hidden. Otherwise the toast goes when the page is hidden or left. */
  readonly outlivesHiding?: boolean;
  /** Called once, when it goes by itself, by its cross or because another takes its place; not after its action was chosen. */
  onGone?(): void;
}

export type Toast = ToastContent & { readonly id: string };

let toasts: readonly Toast[] = [];
let made = 0;
const listeners = new Set<() => void>();
const none: readonly Toast[] = [];

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows something at the foot of the page, over everything. @returns its id */
export function showToast(content: ToastContent): string {
  made += 1;
  const toast = { ...content, id: content.id ?? `toast-${made}` };
  const before = toasts.find(({ id }) => id === toast.id);
  set([...toasts.filter(({ id }) => id !== toast.id), toast]);
  before?.onGone?.();
  return toast.id;
}

/** Takes a toast away, as its cross does; one that has gone already is no mistake. */
export function dismissToast(id: string): void {
  take(id)?.onGone?.();
}

/** The page is hidden or left: what waits for its toast to go is done in this task, since the page may not come back. */
export function settleToasts(): void {
  for (const { id, action, onGone, outlivesHiding } of toasts)
    if (action && onGone && !outlivesHiding) dismissToast(id);
}

/** Does what the toast offers, and takes it away. */
export function runToast(id: string): void {
  take(id)?.action?.run();
}

function take(id: string): Toast | undefined {
  const found = toasts.find((toast) => toast.id === id);
  if (found) set(toasts.filter((toast) => toast !== found));
  return found;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** What is shown now, the oldest first. */
export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );

/** The newest toast that offers something for a moment, for the keys that undo. The action of a lasting toast undoes nothing. */
export const newestAction = (): Toast | undefined =>
  toasts.findLast(({ action, lasting }) => action !== undefined && !lasting);
