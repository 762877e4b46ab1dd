"use client";

import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useState,
} from "react";
import { onDemand, usePart } from "../on-demand.ts";
import type * as Parts from "./menu.parts.tsx";

const menuParts = onDemand(() => import("./menu.parts.tsx"));

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<ComponentProps<"button">>;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

/**
 * What can be done with something, behind one button. A page may have hundreds of these: until one is opened it is nothing but its
 * button, and the code of menus is not even loaded.
 */
export function Menu({ trigger, align = "end", children }: MenuProps) {
  const [wantedBy, setWantedBy] = useState<"keys" | "pointer">();
  const parts = usePart(menuParts, wantedBy !== undefined);
  if (wantedBy && parts)
    return (
      <parts.OpenedMenu trigger={trigger} align={align} byKeys={wantedBy === "keys"}>
        {children}
      </parts.OpenedMenu>
    );
  return cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    "aria-busy": wantedBy !== undefined || undefined,
    // A click that keys have made has no count.
    onClick: ({ detail }) => setWantedBy(detail === 0 ? "keys" : "pointer"),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setWantedBy("keys");
    },
  });
}

// Items are rendered in a menu that is open, whose parts are there.

export function MenuItem(props: ComponentProps<typeof Parts.MenuItem>) {
  const parts = usePart(menuParts, false);
  return parts && <parts.MenuItem {...props} />;
}

/** An item that leads to another page. */
export function MenuLink(props: ComponentProps<typeof Parts.MenuLink>) {
  const parts = usePart(menuParts, false);
  return parts && <parts.MenuLink {...props} />;
}

export function MenuSeparator() {
  const parts = usePart(menuParts, false);
  return parts && <parts.MenuSeparator />;
}

/** Says what the items below it are about, or whose they are. */
export function MenuLabel(props: ComponentProps<typeof Parts.MenuLabel>) {
  const parts = usePart(menuParts, false);
  return parts && <parts.MenuLabel {...props} />;
}

/** One of a few values; choosing keeps the menu open, so that its effect is seen. */
export function MenuChoice<Value extends string>(props: Parts.ChoiceProps<Value>) {
  const parts = usePart(menuParts, false);
  return parts && <parts.MenuChoice {...props} />;
}
