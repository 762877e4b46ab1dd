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

/** What a key does on a row. On its buttons, Enter and Delete are theirs; Space is the checkbox's own. */
export function hearRowKey(event: KeyboardEvent, actions: KeyActions): void {
  // What happens in a menu of the row arrives here, too, though it stands elsewhere on the page.
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
