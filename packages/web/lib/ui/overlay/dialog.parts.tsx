"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type MouseEvent, type ReactNode, useRef } from "react";
import { common } from "../../../copy/common.ts";
import { IconButton } from "../button.tsx";
import { useGuardedClose } from "./discard-question.tsx";
import { keepForEditors, keepForToasts, useReturnFocus } from "./overlay-focus.ts";

interface DrawerProps {
  readonly open: boolean;
  /** Called with false when the user closes it. */
  onOpenChange?(open: boolean): void;
  readonly title: string;
  readonly children?: ReactNode;
}

interface DialogProps extends DrawerProps {
  readonly description?: ReactNode;
  /** The buttons at the bottom. */
  readonly actions?: ReactNode;
  /** Whether the dialog closes only by its actions. */
  readonly required?: boolean;
  /** Whether its actions include closing, so that it begins with its fields and not with a close button. */
  readonly closedByActions?: boolean;
}

interface OverlayProps extends DialogProps {
  readonly head: string;
  readonly className: string;
  /** Whether a link in it closes it. */
  readonly closesOnLink?: boolean;
}

/**
 * A modal overlay. If it contains refused text, it asks before it closes. It has its own backdrop, because Radix's
 * inserts a style element, which the content security policy forbids.
 */
function Overlay(props: OverlayProps) {
  const { open, onOpenChange, title, description, actions, required, closedByActions, children } = props;
  const { head, className, closesOnLink } = props;
  const returnFocus = useReturnFocus(closedByActions === true);
  const content = useRef<HTMLDivElement>(null);
  const { close, question } = useGuardedClose(content, () => onOpenChange?.(false));
  const closeOnLink = ({ target }: MouseEvent) => {
    if (closesOnLink && target instanceof Element && target.closest("a[href]")) close();
  };
  return (
    <Radix.Root open={open} onOpenChange={() => required || close()}>
      <Radix.Portal>
        <div
          data-over-page
          data-state={open ? "open" : "closed"}
          className="fixed inset-0 z-40 bg-scrim over-fade data-[state=closed]:pointer-events-none"
        />
        <Radix.Content
          ref={content}
          {...(description === undefined && { "aria-describedby": undefined })}
          onClick={closeOnLink}
          onInteractOutside={keepForToasts}
          onEscapeKeyDown={keepForEditors}
          {...returnFocus}
          className={clsx("fixed z-50 overflow-y-auto border-rule bg-paper shadow-lift", className)}
        >
          <div className={clsx("flex justify-between gap-4", head)}>
            <Radix.Title className="font-serif text-heading font-medium">{title}</Radix.Title>
            {!required && !closedByActions && (
              <Radix.Close asChild>
                <IconButton label={common.close} className="-mr-2">
                  <X aria-hidden className="size-5" />
                </IconButton>
              </Radix.Close>
            )}
          </div>
          {description !== undefined && (
            <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
          )}
          {children}
          {question}
          {actions !== undefined && <div className="mt-6 flex flex-wrap justify-end gap-3">{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const LoadedDialog = ({ children, ...props }: DialogProps) => (
  <Overlay
    {...props}
    head="items-start [&>button]:-mt-2"
    className="top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100%-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border p-6 over-rise"
  >
    {children !== undefined && <div className="mt-5">{children}</div>}
  </Overlay>
);

/** The sidebar on narrow screens, which slides in from the left. A link in it closes it. */
export const LoadedDrawer = (props: DrawerProps) => (
  <Overlay
    {...props}
    closesOnLink
    head="min-h-16 items-center"
    className="inset-y-0 left-0 flex w-[min(20rem,calc(100%-3rem))] flex-col border-r px-4 pb-6 over-slide"
  />
);
