import { useRef } from "react";

/** Returns a handler that keeps an overlay open if the event concerns an element that matches or is inside one. */
const keepFor = (selector: string) => (event: Event) => {
  if (event.target instanceof Element && event.target.closest(selector)) event.preventDefault();
};

/** Keeps a dialog open when the user interacts with a toast above it. */
export const keepForToasts = keepFor("[data-toasts]");

/** Lets Escape end a line edit without closing the surrounding overlay. */
export const keepForEditors = keepFor("[data-line-editor]");

/** Returns the focused element. For an open menu, returns the button that opened it. */
function opener(): Element | null {
  const menu = document.activeElement?.closest("[role=menu]");
  return menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : document.activeElement;
}

/**
 * Returns the focus to the element that had it before an overlay opened, if that element still exists. By default, the
 * first control of the overlay gets the focus. On touch screens, the overlay itself gets it instead of a text field,
 * because the keyboard would cover the overlay.
 * @param beginsWithText whether the first control is a text field that the user may only want to read
 */
export function useReturnFocus(beginsWithText: boolean) {
  const before = useRef<Element>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = opener();
      if (!beginsWithText || !matchMedia("(pointer: coarse)").matches) return;
      event.preventDefault();
      if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
