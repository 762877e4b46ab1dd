"use client";

import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useState,
} from "react";
import { componentOf, onDemand, usePart } from "../on-demand.ts";
import type { ChoiceProps } from "./menu.parts.tsx";

const menuParts = onDemand(() => import("./menu.parts.tsx"));

interface MenuProps {
  /** The button that opens the menu. */
  readonly trigger: ReactElement<ComponentProps<"button">>;
  readonly children: ReactNode;
}

/**
 * A menu behind a button. A page may have hundreds of them, so only the button is rendered until the menu opens, and
 * the code of menus is loaded on demand.
 */
export function Menu({ trigger, children }: MenuProps) {
  const [wantedBy, setWantedBy] = useState<"keys" | "pointer">();
  const parts = usePart(menuParts, wantedBy !== undefined);
  if (wantedBy && parts)
    return (
      <parts.OpenedMenu trigger={trigger} byKeys={wantedBy === "keys"}>
        {children}
      </parts.OpenedMenu>
    );
  return cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    "aria-busy": wantedBy !== undefined || undefined,
    // `detail` is 0 for clicks by keyboard.
    onClick: ({ detail }) => setWantedBy(detail === 0 ? "keys" : "pointer"),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setWantedBy("keys");
    },
  });
}

// Items are rendered only in an open menu, whose code is loaded.
const never = () => false;

export const MenuItem = componentOf(menuParts, (parts) => parts.MenuItem, never);

/** An item that links to another page. */
export const MenuLink = componentOf(menuParts, (parts) => parts.MenuLink, never);

export const MenuSeparator = componentOf(menuParts, (parts) => parts.MenuSeparator, never);

/** The heading of the items below it. */
export const MenuLabel = componentOf(menuParts, (parts) => parts.MenuLabel, never);

/** A choice between a few values. Choosing keeps the menu open, so that the effect is visible. */
export function MenuChoice<Value extends string>(props: ChoiceProps<Value>) {
  const parts = usePart(menuParts, false);
  return parts && <parts.MenuChoice {...props} />;
}
