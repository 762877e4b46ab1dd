"use client";

import clsx from "clsx";
import Link from "next/link";
import { DropdownMenu as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { Kbd } from "../kbd.tsx";

const firstItem = "[role^=menuitem]:not([data-disabled])";

interface OpenedMenuProps {
  /** The button that opens the menu. It must accept a ref and DOM properties. */
  readonly trigger: ReactNode;
  /** Whether the menu was opened by keyboard. Its first item is then focused. */
  readonly byKeys: boolean;
  readonly children: ReactNode;
}

/**
 * A menu that is open when it mounts. It is not modal, because locking the page inserts a style element, which the
 * content security policy forbids.
 */
export function OpenedMenu({ trigger, byKeys, children }: OpenedMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const content = useRef<HTMLDivElement>(null);
  // Radix does not see the key that opened the menu, because it was pressed before the menu was mounted.
  useEffect(() => {
    if (!byKeys) return;
    const frame = requestAnimationFrame(() => content.current?.querySelector<HTMLElement>(firstItem)?.focus());
    return () => cancelAnimationFrame(frame);
  }, [byKeys]);
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild ref={button}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          // The button toggles the menu itself. Without this, a click on it while the menu closes would count as a
          // click outside.
          onInteractOutside={(event) => {
            if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault();
          }}
          className="z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-48 overflow-y-auto rounded-lg border border-rule bg-sheet p-1 shadow-lift over-rise"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const row =
  "flex min-h-11 items-center gap-3 rounded-md px-3 text-sm outline-none select-none data-disabled:opacity-60 data-highlighted:bg-wash wide:min-h-9";

interface ItemProps {
  onSelect(event: Event): void;
  readonly icon?: ReactNode;
  readonly tone?: "plain" | "danger";
  /** The keyboard shortcut of the item. Touch screens do not show it. */
  readonly shortcut?: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

export function MenuItem({ onSelect, icon, tone = "plain", shortcut, disabled = false, children }: ItemProps) {
  return (
    <Radix.Item
      onSelect={onSelect}
      disabled={disabled}
      className={clsx(row, "cursor-pointer", tone === "danger" && "text-danger data-highlighted:bg-danger-soft")}
    >
      {icon && <Glyph>{icon}</Glyph>}
      <span className="flex-1">{children}</span>
      {shortcut && (
        <span className="pointer-coarse:hidden">
          <Kbd>{shortcut}</Kbd>
        </span>
      )}
    </Radix.Item>
  );
}

/** An item that links to another page. */
export function MenuLink({ icon, children, ...link }: ComponentProps<typeof Link> & { icon?: ReactNode }) {
  return (
    <Radix.Item asChild>
      <Link {...link} className={row}>
        {icon && <Glyph>{icon}</Glyph>}
        <span className="flex-1">{children}</span>
      </Link>
    </Radix.Item>
  );
}

export const MenuSeparator = () => <Radix.Separator className="my-1 border-t border-rule" />;

/** The heading of the items below it. */
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="truncate px-3 py-2 text-sm text-muted">{children}</Radix.Label>
);

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, words: string])[];
  onChange(value: Value): void;
}

/** A choice between a few values. Choosing keeps the menu open, so that the effect is visible. */
export function MenuChoice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <Radix.RadioGroup aria-label={label} value={value}>
      <MenuLabel>{label}</MenuLabel>
      {choices.map(([choice, words]) => (
        <Radix.RadioItem
          key={choice}
          value={choice}
          onSelect={(event) => {
            event.preventDefault();
            onChange(choice);
          }}
          className={clsx(row, "cursor-pointer")}
        >
          <span className="grid size-4.5 place-items-center rounded-full border border-edge">
            <Radix.ItemIndicator className="size-2.5 rounded-full bg-accent" />
          </span>
          {words}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

const Glyph = ({ children }: { children: ReactNode }) => (
  <span aria-hidden="true" className="*:size-4.5">
    {children}
  </span>
);
