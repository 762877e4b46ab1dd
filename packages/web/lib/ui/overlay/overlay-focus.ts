import { useRef } from "react";

/** A toast lies over everything: using it is no reason to close the dialog below it. */
export function keepForToasts(event: CustomEvent): void {
  const original: unknown = event.detail?.originalEvent;
  const target = original instanceof Event ? original.target : null;
  if (target instanceof Element && target.closest("[data-toasts]")) event.preventDefault();
}

/** Escape ends the edit of a line, and not what lies around it. */
export function keepForEditors(event: KeyboardEvent): void {
  if (event.target instanceof Element && event.target.closest("[data-line-editor]")) event.preventDefault();
}

/** Where the focus is; of a menu that is about to close, the button that opened it. */
function opener(): Element | null {
  const menu = document.activeElement?.closest("[role=menu]");
  return menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : document.activeElement;
}

/** Gives the focus back to what had it before something came over the page, if that is still there. */
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
