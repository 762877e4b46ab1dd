import type { KeyboardEvent } from "react";

/**
 * Runs the action of a pressed key, and then prevents the key's default action.
 * @param actions by the key in lower case, such as `f2` or `alt+arrowup`; undefined leaves the key to the browser
 */
export function runKey(event: KeyboardEvent, actions: Readonly<Record<string, (() => void) | undefined>>): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey, target, currentTarget } = event;
  // React also bubbles events from the menu of a row, which is rendered elsewhere in the document.
  const isInside = target instanceof Node && currentTarget.contains(target);
  if (event.defaultPrevented || ctrlKey || metaKey || shiftKey || !isInside) return;
  const action = actions[`${altKey ? "alt+" : ""}${key.toLowerCase()}`];
  if (!action) return;
  event.preventDefault();
  action();
}
