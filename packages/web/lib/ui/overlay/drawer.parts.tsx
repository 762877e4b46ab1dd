"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type MouseEvent, type ReactNode, useRef } from "react";
import { common } from "../../../copy/common.ts";
import { IconButton } from "../button.tsx";
import { useGuardedClose } from "./discard-question.tsx";
import { keepForEditors, keepForToasts, useReturnFocus } from "./overlay-focus.ts";

export interface DrawerProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  readonly title: string;
  readonly children: ReactNode;
}

/** The sidebar on narrow screens, which slides in from the left. A link in it closes it. */
export function LoadedDrawer({ open, onOpenChange, title, children }: DrawerProps) {
  const returnFocus = useReturnFocus();
  const content = useRef<HTMLDivElement>(null);
  const { close, question } = useGuardedClose(content, () => onOpenChange(false));
  const closeOnLink = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest("a[href]")) close();
  };
  return (
    <Radix.Root open={open} onOpenChange={(opens) => (opens ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <div data-over-page data-state="open" className="fixed inset-0 z-40 bg-scrim over-fade" />
        <Radix.Content
          ref={content}
          aria-describedby={undefined}
          onClick={closeOnLink}
          onInteractOutside={keepForToasts}
          onEscapeKeyDown={keepForEditors}
          {...returnFocus}
          className="fixed inset-y-0 left-0 z-50 flex w-[min(20rem,calc(100%-3rem))] flex-col overflow-y-auto border-r border-rule bg-paper px-4 pb-6 shadow-lift over-slide"
        >
          <div className="flex min-h-16 items-center justify-between gap-4">
            <Radix.Title className="font-serif text-heading font-medium">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={common.close} className="-mr-2">
                <X aria-hidden className="size-5" />
              </IconButton>
            </Radix.Close>
          </div>
          {children}
          {question}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
