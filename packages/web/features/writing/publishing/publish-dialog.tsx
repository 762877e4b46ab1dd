import { type SubmitEvent, useRef, useState } from "react";
import { common } from "../../../copy/common.ts";
import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Message } from "../../../lib/ui/message.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { useMe } from "../../session/use-me.ts";
import type { OpenDraft } from "../drafts/open-draft.ts";
import type { LocalDraft } from "../drafts/saving-state.ts";
import { AuthorFields, useAuthorFields } from "./author-fields.tsx";
import { CoverField } from "./cover-field.tsx";
import { PostSettings } from "./post-settings.tsx";
import { PublishStatus } from "./publish-status.tsx";
import { PublishTimeField, usePublishTime } from "./publish-time-field.tsx";
import { type PublishProblem, usePublishing } from "./use-publishing.ts";

const words = writingWords.publish;

interface PublishDialogProps {
  readonly openDraft: OpenDraft;
  readonly localDraft: LocalDraft;
  onClose(): void;
}

/** Fields of this dialog, as JSON pointers. Problems of other fields, such as "/title", are listed at the top. */
const ofFields = ["/slug", "/coverAlt", "/tags", "/excerpt", "/canonicalUrl"];

/**
 * Dialog with everything about publishing. Settings are saved with the draft. Readers see them once the post is
 * published or updated: a new tag stays invisible until then.
 */
export function PublishDialog({ openDraft, localDraft, onClose }: PublishDialogProps) {
  const me = useMe();
  const form = useRef<HTMLFormElement>(null);
  const author = useAuthorFields(me.status === "success" ? me.me : undefined);
  const when = usePublishTime(localDraft.base?.standing.scheduledFor ?? null);
  const { problems, pending, publish, unpublish } = usePublishing(openDraft, onClose);
  const [saving, setSaving] = useState(false);
  const state = localDraft.base?.standing.state ?? "draft";
  const problemOf = (pointer: string) => problems.find((problem) => problem.pointer === pointer)?.detail;
  const isBusy = pending || saving;

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const at = when.read();
    setSaving(true);
    const isReady = (await author.save()) && at !== "wrong";
    setSaving(false);
    if (isReady) publish(at);
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  return (
    <Dialog open onOpenChange={onClose} title={words.title}>
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="space-y-6" aria-busy={isBusy}>
        <Problems problems={problems.filter(({ pointer }) => !ofFields.includes(pointer))} />
        <PublishStatus localDraft={localDraft} />
        <AuthorFields fields={author} />
        {state !== "published" && <PublishTimeField when={when} />}
        <div data-kept className="space-y-6">
          <PostSettings
            draft={localDraft.draft}
            handle={author.handle}
            problemOf={problemOf}
            onChange={(change) => openDraft.edit(change)}
          />
          <CoverField
            draft={localDraft.draft}
            problem={problemOf("/coverAlt")}
            onChange={(change) => openDraft.edit(change)}
          />
        </div>
        <div className="sticky -bottom-6 -mx-6 -mb-6 flex flex-wrap justify-end gap-3 border-t border-rule bg-paper px-6 py-4">
          {state !== "draft" && (
            <Button look="quiet" className="mr-auto text-danger!" aria-disabled={isBusy} onClick={unpublish}>
              {state === "scheduled" ? words.unschedule : words.unpublish}
            </Button>
          )}
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {isBusy ? common.oneMoment : state === "published" ? words.action.update : words.action[when.mode]}
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
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {problems.map(({ pointer, detail }) => (
          <li key={`${pointer} ${detail}`}>{detail}</li>
        ))}
      </ul>
    </Message>
  );
}
