import type { KeyboardEvent } from "react";
import { focusNeighbour } from "./row-focus.ts";

interface KeyActions {
  edit(): void;
  open(): void;
  remove(): void;
  move(by: 1 | -1): void;
}

const arrows = { ArrowUp: -1, ArrowDown: 1 } as const;

const isArrow = (key: string): key is keyof typeof arrows => Object.hasOwn(arrows, key);

/** Handles the keys of a row. Enter and Delete on its buttons keep their meaning, and Space toggles the checkbox. */
export function hearRowKey(event: KeyboardEvent, actions: KeyActions): void {
  // React also bubbles events from the row's menu, which is rendered elsewhere in the document.
  if (event.defaultPrevented || !event.currentTarget.contains(event.target instanceof Node ? event.target : null))
    return;
  const action = actionOf(event, actions);
  if (!action) return;
  event.preventDefault();
  action();
}

function actionOf({ key, altKey, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent, actions: KeyActions) {
  if (ctrlKey || metaKey || shiftKey) return undefined;
  if (isArrow(key)) return () => (altKey ? actions.move(arrows[key]) : focusNeighbour(arrows[key]));
  if (altKey) return undefined;
  if (key === "F2") return actions.edit;
  if (!(target instanceof HTMLInputElement)) return undefined;
  if (key === "Enter") return actions.open;
  return key === "Delete" || key === "Backspace" ? actions.remove : undefined;
}
