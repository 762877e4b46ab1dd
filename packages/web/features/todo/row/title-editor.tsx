import { titleLength } from "@daybook/core/todo/todo.limits";
import { todoWords } from "../../../copy/todo.ts";
import { trimmed } from "../../../lib/length.ts";
import { LineEditor } from "../../../lib/ui/form/line-editor.tsx";

interface TitleEditorProps {
  /** The title to start from. */
  readonly base: string;
  onSave(title: string): void;
  /** Nothing is left of the title. */
  onEmpty(): void;
  onClose(how: { refocus: boolean }): void;
}

/** A title while it is edited in its row. */
export const TitleEditor = (props: TitleEditorProps) => (
  <LineEditor
    {...props}
    label={todoWords.row.edit}
    check={(typed) => trimmed(typed, titleLength)}
    className="py-1 pr-2 pl-[calc(var(--spacing-margin)+0.5rem)]"
  />
);
