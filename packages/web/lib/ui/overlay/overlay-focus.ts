import { useRef } from "react";

/** Keeps a dialog open when the user interacts with a toast above it. */
export function keepForToasts(event: CustomEvent): void {
  const original: unknown = event.detail?.originalEvent;
  const target = original instanceof Event ? original.target : null;
  if (target instanceof Element && target.closest("[data-toasts]")) event.preventDefault();
}

/** Lets Escape end a line edit without closing the surrounding overlay. */
export function keepForEditors(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.closest("[data-line-editor]")) event.preventDefault();
}

/** Returns the focused element. For an open menu, returns the button that opened it. */
function opener(): Element | null {
  const menu = document.activeElement?.closest("[role=menu]");
  return menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : document.activeElement;
}

/** Returns the focus to the element that had it before an overlay opened, if that element still exists. */
export function useReturnFocus() {
  const before = useRef<Element>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = opener();
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
