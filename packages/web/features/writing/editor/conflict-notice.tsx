import { useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { TextArea } from "../../../lib/ui/form/text-area.tsx";
import { type Draft, type DraftMember, emptyDraft, type ServerVersion } from "../drafts/draft.ts";
import { mergeLines } from "../drafts/merge-lines.ts";
import { conflictsOf, type Decision, type LocalDraft } from "../drafts/saving-state.ts";

const words = writingWords.conflict;

interface ConflictNoticeProps {
  readonly localDraft: LocalDraft;
  readonly theirs: ServerVersion;
  onDecide(decision: Decision): void;
}

/**
 * Shows two versions of a post side by side. Both are kept until the author chooses. Example: the body "Mine" here and
 * "Theirs" on the phone.
 */
export function ConflictNotice({ localDraft, theirs, onDecide }: ConflictNoticeProps) {
  const [merged, setMerged] = useState<string>();
  const { draft, base } = localDraft;
  const conflicts = conflictsOf(localDraft, theirs);
  const merge = () => mergeLines((base?.draft ?? emptyDraft).body, draft.body, theirs.draft.body, words.marks);

  return (
    <section aria-label={words.title} data-testid="conflict" className="border-s-2 border-margin bg-note-soft p-4 ps-5">
      <h2 className="font-serif text-heading font-medium">{words.title}</h2>
      <p className="mt-1">{words.text(conflicts.map((member) => writingWords.members[member]))}</p>
      <div className="mt-4 grid gap-4 md:grid-cols-2">
        <Version name={words.mine} draft={draft} conflicts={conflicts} />
        <Version name={words.theirs} draft={theirs.draft} conflicts={conflicts} />
      </div>
      {merged !== undefined && (
        <div className="mt-4">
          <TextArea
            label={words.merged}
            hint={words.mergeHint}
            value={merged}
            dir="auto"
            onChange={(event) => setMerged(event.target.value)}
          />
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={() => onDecide({ keep: "mine" })}>{words.keepMine}</Button>
        <Button onClick={() => onDecide({ keep: "theirs" })}>{words.keepTheirs}</Button>
        {merged !== undefined ? (
          <Button look="primary" onClick={() => onDecide({ keep: "mine", body: merged })}>
            {words.useMerge}
          </Button>
        ) : (
          conflicts.includes("body") && <Button onClick={() => setMerged(merge())}>{words.merge}</Button>
        )}
      </div>
    </section>
  );
}

interface VersionProps {
  readonly name: string;
  readonly draft: Draft;
  readonly conflicts: readonly DraftMember[];
}

const Version = ({ name, draft, conflicts }: VersionProps) => (
  <section aria-label={name} className="min-w-0">
    <h3 className="mb-1 text-sm font-semibold text-muted">{name}</h3>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users need focus to scroll an overflowing box. */}
    <div tabIndex={0} className="max-h-72 space-y-3 overflow-y-auto rounded-md border border-rule bg-sheet p-3">
      {conflicts.map((member) => (
        <p key={member} dir="auto" className="text-sm wrap-anywhere whitespace-pre-wrap">
          {shownValue(draft, member)}
        </p>
      ))}
    </div>
  </section>
);

function shownValue(draft: Draft, member: DraftMember): string {
  const value = draft[member];
  return (Array.isArray(value) ? value.join(", ") : String(value ?? "")) || words.nothing;
}
