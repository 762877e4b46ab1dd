import { writingWords } from "../../../copy/writing.ts";
import { Field } from "../../../lib/ui/form/field.tsx";
import type { Draft } from "../drafts/draft.ts";
import { draftProblem } from "../drafts/draft-problems.ts";
import { PictureField } from "../pictures/picture-field.tsx";

const words = writingWords.publish;

interface CoverFieldProps {
  readonly draft: Draft;
  readonly problem: string | undefined;
  onChange(change: Partial<Draft>): void;
}

/** Picture above a post and in lists of posts. */
export const CoverField = ({ draft, problem, onChange }: CoverFieldProps) => (
  <div className="space-y-4">
    <PictureField
      label={words.cover}
      mediaId={draft.coverId}
      choose={draft.coverId === null ? words.coverChoose : words.coverReplace}
      remove={words.coverRemove}
      onChange={(coverId) => onChange(coverId === null ? { coverId, coverAlt: "" } : { coverId })}
    />
    {draft.coverId !== null && (
      <Field
        name="coverAlt"
        label={words.coverAlt}
        hint={writingWords.pictures.altHint}
        dir="auto"
        autoComplete="off"
        value={draft.coverAlt}
        error={draftProblem(draft, "coverAlt") ?? problem}
        onChange={(event) => onChange({ coverAlt: event.target.value })}
      />
    )}
  </div>
);
