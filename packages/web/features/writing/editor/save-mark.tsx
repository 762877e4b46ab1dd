import clsx from "clsx";
import { Check, CircleAlert, CloudOff, LoaderCircle } from "lucide-react";
import { writingWords } from "../../../copy/writing.ts";
import { TextButton } from "../../../lib/ui/button.tsx";
import type { OpenDraftView } from "../drafts/open-draft-view.ts";

const words = writingWords.status;

const icons = { saved: Check, saving: LoaderCircle, waiting: CloudOff, offline: CloudOff, stuck: CircleAlert };

/** Save status of a post. Changes are also stored on this device, if the browser allows it. */
export function SaveMark({ view: { status, durable }, onRetry }: { view: OpenDraftView; onRetry(): void }) {
  const Icon = icons[status];
  return (
    <div data-testid="save" data-state={status} className="flex min-w-0 items-center gap-2 text-sm text-muted">
      <Icon aria-hidden className={clsx("size-4 shrink-0", status === "saving" && "motion-safe:animate-spin")} />
      <p role="status" className="min-w-0 truncate">
        {words[status]}
      </p>
      {status === "waiting" && (
        <TextButton onClick={onRetry} className="min-h-control whitespace-nowrap">
          {words.retry}
        </TextButton>
      )}
      {!durable && status !== "saved" && (
        <CircleAlert role="img" aria-label={words.memoryOnly} className="size-4 shrink-0 text-danger" />
      )}
    </div>
  );
}
