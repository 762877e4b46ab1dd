import { writingWords } from "../../../copy/writing.ts";

const words = writingWords.editor;

/** The part that narrow screens show. */
export type WritingView = "write" | "preview";
const views: readonly WritingView[] = ["write", "preview"];

/** Switches between writing and preview on screens too narrow for both. */
export const ViewChoice = ({ shown, onChange }: { shown: WritingView; onChange(view: WritingView): void }) => (
  <fieldset className="ms-auto flex gap-1 wide:hidden">
    <legend className="sr-only">{words.view}</legend>
    {views.map((view) => (
      <label
        key={view}
        className="grid min-h-control cursor-pointer place-items-center rounded-md px-3 text-sm font-medium text-muted has-checked:text-ink has-checked:underline has-checked:decoration-margin has-checked:decoration-2 has-checked:underline-offset-8 has-focus-visible:outline-2 has-focus-visible:outline-accent"
      >
        <input
          type="radio"
          name="writing-view"
          className="sr-only"
          checked={shown === view}
          onChange={() => onChange(view)}
        />
        {words[view]}
      </label>
    ))}
  </fieldset>
);
