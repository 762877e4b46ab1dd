import { useEffect, useEffectEvent, useState } from "react";
import { KeySequence } from "./keys.ts";
import { useSingleKeys } from "./single-keys.ts";

/** Elements that use letter keys themselves: text fields, menus and dialogs. */
const elsewhere = [
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit])",
  "textarea",
  "select",
  "[contenteditable=true]",
].join();
const overlay = "[role=dialog], [role=alertdialog], [role=menu], dialog[open]";

/** Runs an action when its key or sequence (such as `g i`) is pressed outside of text fields and overlays. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  const on = useSingleKeys();
  const [sequence] = useState(() => new KeySequence());
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    // The actual target, even inside a shadow root such as the post editor's.
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
