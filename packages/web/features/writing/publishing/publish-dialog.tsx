import { type SubmitEvent, useRef, useState } from "react";
import { common } from "../../../copy/common.ts";
import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Message } from "../../../lib/ui/message.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { useMe } from "../../session/use-me.ts";
import type { OpenDraft } from "../drafts/open-draft.ts";
import type { LocalDraft } from "../drafts/saving-state.ts";
import { AuthorFields } from "./author-fields.tsx";
import { PostSettings } from "./post-settings.tsx";
import { PublishStatus } from "./publish-status.tsx";
import { PublicationDateField, type PublishMode, PublishTimeField } from "./publish-time-field.tsx";
import { type PublishProblem, publish, unpublish } from "./publishing.ts";

const words = writingWords.publish;

interface PublishDialogProps {
  readonly openDraft: OpenDraft;
  readonly localDraft: LocalDraft;
  onClose(): void;
}

/** Fields of this dialog, as JSON pointers. Problems of other fields, such as "/title", are listed at the top. */
const ofFields = [
  ...["/name", "/handle", "/at", "/publishedAt"],
  ...["/slug", "/tags", "/excerpt", "/canonicalUrl", "/coverAlt"],
];

/** The publication state of a draft that is not saved yet. */
const noStanding = { state: "draft", scheduledFor: null, publishedAt: null } as const;

/**
 * Dialog with everything about publishing. Settings are saved with the draft. Readers see them once the post is
 * published or updated: a new tag stays invisible until then.
 */
export function PublishDialog({ openDraft, localDraft, onClose }: PublishDialogProps) {
  const known = useMe();
  const me = known.status === "success" ? known.me : undefined;
  const { state, scheduledFor, publishedAt } = localDraft.base?.standing ?? noStanding;
  const form = useRef<HTMLFormElement>(null);
  const [handle, setHandle] = useState("");
  const [mode, setMode] = useState<PublishMode>(scheduledFor === null ? "now" : "later");
  const [problems, setProblems] = useState<readonly PublishProblem[]>([]);
  const [isBusy, setBusy] = useState(false);
  const problemOf = (pointer: string) => problems.find((problem) => problem.pointer === pointer)?.detail;

  async function run(operation: () => Promise<readonly PublishProblem[]>) {
    if (isBusy) return;
    setBusy(true);
    setProblems([]);
    const found = await operation();
    setProblems(found);
    setBusy(false);
    if (found.length === 0) onClose();
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    void run(() => publish(openDraft, typed));
  }

  return (
    <Dialog open onOpenChange={onClose} title={words.title}>
      <form ref={form} onSubmit={submit} noValidate className="space-y-6" aria-busy={isBusy}>
        <Problems problems={problems.filter(({ pointer }) => !ofFields.includes(pointer))} />
        <PublishStatus localDraft={localDraft} />
        {me && (me.name === null || me.handle === null) && (
          <AuthorFields
            me={me}
            handle={handle}
            refused={problems.length > 0}
            problemOf={problemOf}
            onHandle={setHandle}
          />
        )}
        {state === "published" ? (
          <PublicationDateField publishedAt={publishedAt} problem={problemOf("/publishedAt")} />
        ) : (
          <PublishTimeField mode={mode} scheduledFor={scheduledFor} problemOf={problemOf} onMode={setMode} />
        )}
        <div data-kept className="space-y-6">
          <PostSettings
            draft={localDraft.draft}
            handle={me?.handle ?? handle}
            problemOf={problemOf}
            onChange={openDraft.edit}
          />
        </div>
        <div className="sticky -bottom-6 -mx-6 -mb-6 flex flex-wrap justify-end gap-3 border-t border-rule bg-paper px-6 py-4">
          {state !== "draft" && (
            <Button
              look="quiet"
              className="me-auto text-danger!"
              aria-disabled={isBusy}
              onClick={() => void run(() => unpublish(openDraft))}
            >
              {state === "scheduled" ? words.unschedule : words.unpublish}
            </Button>
          )}
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {isBusy ? common.oneMoment : state === "published" ? words.action.update : words.action[mode]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Problems({ problems }: { problems: readonly PublishProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <Message kind="error">
      <p>{words.missing}</p>
      <ul className="mt-1 list-disc space-y-1 ps-5">
        {problems.map(({ pointer, detail }) => (
          <li key={`${pointer} ${detail}`}>{detail}</li>
        ))}
      </ul>
    </Message>
  );
}
