"use client";

import { Popover as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useGuardedClose } from "./discard-question.tsx";
import { keepForToasts } from "./overlay-focus.ts";

interface PopoverProps {
  /** The button that opens the popover. It must accept a ref and DOM properties. */
  readonly trigger: ReactNode;
  /** The accessible name. */
  readonly label: string;
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  readonly children: ReactNode;
}

/**
 * A small form beside the button that opens it. If it contains refused text, it asks before it closes. It is not modal:
 * a click elsewhere closes it and has its usual effect.
 */
export function Popover({ trigger, label, open, onOpenChange, children }: PopoverProps) {
  const content = useRef<HTMLDivElement>(null);
  const { close, question } = useGuardedClose(content, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={(opens) => (opens ? onOpenChange(true) : close())}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          aria-label={label}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onInteractOutside={keepForToasts}
          onCloseAutoFocus={(event) => {
            // The focus returns to the button, unless it has moved on.
            const { activeElement } = document;
            if (activeElement !== document.body && !content.current?.contains(activeElement)) event.preventDefault();
          }}
          className="z-50 w-72 max-w-[calc(100vw-1rem)] rounded-lg border border-rule bg-paper p-4 shadow-lift over-rise"
        >
          {children}
          {question}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
