import { useEffect, useEffectEvent, useState } from "react";
import { KeySequence } from "./keys.ts";
import { useSingleKeys } from "./single-keys.ts";

/** Where letters are text, or where a menu or a dialog has the word. */
const elsewhere = [
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit])",
  "textarea",
  "select",
  "[contenteditable=true]",
].join();
const overlay = "[role=dialog], [role=alertdialog], [role=menu], dialog[open]";

/** Runs an action when its key is pressed anywhere but in a text field, or its sequence, such as `g i`. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const on = useSingleKeys();
  const [sequence] = useState(() => new KeySequence());
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    // The target itself, also where it is hidden in a shadow, as in the editor of posts.
    const [target] = event.composedPath();
    if (target instanceof Element && target.closest(elsewhere)) return;
    if (document.querySelector(overlay)) return;
    const name = sequence.press(event, new Set(Object.keys(actions)));
    if (name === undefined) return;
    event.preventDefault();
    actions[name]?.();
  });
  useEffect(() => {
    if (!on) return;
    const listener = (event: KeyboardEvent) => hear(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [on]);
}
