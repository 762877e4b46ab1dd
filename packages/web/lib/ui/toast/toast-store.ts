import { useSyncExternalStore } from "react";
import { observable } from "../../observable.ts";

export interface ToastContent {
  /** A new toast replaces an existing one with the same id. */
  readonly id?: string;
  readonly text: string;
  readonly action?: { readonly name: string; run(): void };
  readonly tone?: "plain" | "error";
  /** Whether the toast stays until it is dismissed or its action is chosen. */
  readonly lasting?: boolean;
  /**
   * Whether the action still works after the page was hidden. Otherwise, hiding or leaving the page dismisses the
   * toast.
   */
  readonly outlivesHiding?: boolean;
  /** Called once, when the toast expires, is dismissed or is replaced. Not called after its action was chosen. */
  onGone?(): void;
}

export type Toast = ToastContent & { readonly id: string };

const toasts = observable<readonly Toast[]>([]);
const none: readonly Toast[] = [];
let made = 0;

/** Shows a toast at the bottom of the page, above everything else. @returns its id */
export function showToast(content: ToastContent): string {
  made += 1;
  const toast = { ...content, id: content.id ?? `toast-${made}` };
  const before = toasts.get().find(({ id }) => id === toast.id);
  toasts.set([...toasts.get().filter(({ id }) => id !== toast.id), toast]);
  before?.onGone?.();
  return toast.id;
}

/** Dismisses a toast. Does nothing if it is already gone. */
export function dismissToast(id: string): void {
  take(id)?.onGone?.();
}

/**
 * Called when the page is hidden or left. Runs the pending `onGone` callbacks in this task, because the page may not
 * come back.
 */
export function settleToasts(): void {
  for (const { id, action, onGone, outlivesHiding } of toasts.get())
    if (action && onGone && !outlivesHiding) dismissToast(id);
}

/** Runs the toast's action and removes the toast. */
export function runToast(id: string): void {
  take(id)?.action?.run();
}

function take(id: string): Toast | undefined {
  const found = toasts.get().find((toast) => toast.id === id);
  if (found) toasts.set(toasts.get().filter((toast) => toast !== found));
  return found;
}

/** The current toasts, oldest first. */
export const useToasts = (): readonly Toast[] => useSyncExternalStore(toasts.subscribe, toasts.get, () => none);

/** The newest toast with a transient action, for the undo shortcut. The action of a lasting toast is not an undo. */
export const newestAction = (): Toast | undefined =>
  toasts.get().findLast(({ action, lasting }) => action !== undefined && !lasting);
