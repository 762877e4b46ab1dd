import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { IconButton, TextButton } from "../../lib/ui/button.tsx";
import { CloseIcon } from "../../lib/ui/icons.tsx";
import type { Notice } from "./notices.ts";
import type { Change } from "./todo-list.ts";

interface NoticesProps {
  readonly notices: readonly Notice[];
  onChange(change: Change): void;
  onUndo(notice: Extract<Notice, { kind: "deleted" }>): void;
  onDismiss(id: string): void;
}

const undoForMs = 10_000;

/** What happened to changes, at the foot of the page; read out as it comes. */
export function Notices({ notices, onDismiss, ...actions }: NoticesProps) {
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-10 mx-auto max-w-2xl space-y-2 p-4 sm:p-6"
    >
      {notices.map((notice) => {
        const dismiss = () => onDismiss(notice.id);
        return (
          <Toast key={notice.id} passing={notice.kind === "deleted"} onDismiss={dismiss}>
            <Text notice={notice} />
            <Actions notice={notice} dismiss={dismiss} {...actions} />
          </Toast>
        );
      })}
    </section>
  );
}

function Text({ notice }: { notice: Notice }) {
  if (notice.kind === "failed") return notice.text;
  if (notice.kind === "deleted") return `“${notice.content.title}” is deleted.`;
  return `This was renamed to “${notice.theirs.title}” elsewhere. You wrote “${notice.change.title}”.`;
}

function Actions({
  notice,
  dismiss,
  onChange,
  onUndo,
}: { notice: Notice; dismiss: () => void } & Pick<NoticesProps, "onChange" | "onUndo">) {
  const send = (change: Change) => {
    dismiss();
    onChange(change);
  };
  if (notice.kind === "deleted") return <TextButton onClick={() => onUndo(notice)}>Undo</TextButton>;
  if (notice.kind === "failed") {
    const { retry } = notice;
    return retry && <TextButton onClick={() => send(retry.change)}>{retry.name}</TextButton>;
  }
  return (
    <>
      <TextButton onClick={() => send({ ...notice.change, base: notice.theirs.title })}>Keep mine</TextButton>
      <TextButton onClick={dismiss}>Keep theirs</TextButton>
    </>
  );
}

interface ToastProps {
  /** Goes by itself after a while, though never from under a pointer or the focus. */
  readonly passing: boolean;
  readonly children: ReactNode;
  onDismiss(): void;
}

function Toast({ passing, children, onDismiss }: ToastProps) {
  const [held, setHeld] = useState(false);
  const expire = useEffectEvent(onDismiss);
  useEffect(() => {
    if (!passing || held) return;
    const timer = setTimeout(() => expire(), undoForMs);
    return () => clearTimeout(timer);
  }, [passing, held]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes that somebody is at it.
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex items-center rounded-lg border border-edge bg-sheet text-ink shadow-lg"
    >
      <p className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5 pl-4 break-words">{children}</p>
      <IconButton label="Dismiss" onClick={onDismiss}>
        <CloseIcon />
      </IconButton>
    </div>
  );
}
