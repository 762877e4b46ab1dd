"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { common } from "../../../copy/common.ts";
import { IconButton } from "../button.tsx";
import { useGuardedClose } from "./discard-question.tsx";
import { keepForToasts, useReturnFocus } from "./overlay-focus.ts";

export interface DialogProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  readonly title: string;
  readonly description?: ReactNode;
  /** The buttons at the bottom. */
  readonly actions?: ReactNode;
  /** Whether the dialog closes only by its actions. */
  readonly required?: boolean;
  readonly children?: ReactNode;
}

/**
 * A modal dialog. If it contains refused text, it asks before it closes. It has its own backdrop, because Radix's
 * inserts a style element, which the content security policy forbids.
 */
export function LoadedDialog({
  open,
  onOpenChange,
  title,
  description,
  actions,
  required = false,
  children,
}: DialogProps) {
  const returnFocus = useReturnFocus();
  const content = useRef<HTMLDivElement>(null);
  const { close, question } = useGuardedClose(content, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={(opens) => (opens ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <div data-over-page data-state="open" className="fixed inset-0 z-40 bg-scrim over-fade" />
        <Radix.Content
          ref={content}
          {...(description === undefined && { "aria-describedby": undefined })}
          onInteractOutside={keepForToasts}
          {...returnFocus}
          className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100%-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-rule bg-paper p-6 shadow-lift over-rise"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="font-serif text-heading font-medium">{title}</Radix.Title>
            {!required && (
              <Radix.Close asChild>
                <IconButton label={common.close} className="-mt-2 -mr-2">
                  <X aria-hidden className="size-5" />
                </IconButton>
              </Radix.Close>
            )}
          </div>
          {description !== undefined && (
            <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
          )}
          {children !== undefined && <div className="mt-5">{children}</div>}
          {question}
          {actions !== undefined && <div className="mt-6 flex flex-wrap justify-end gap-3">{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
