import { titleLength } from "@daybook/core/todo/todo.limits";
import { todoWords } from "../../../copy/todo.ts";
import { trimmed } from "../../../lib/length.ts";
import { LineEditor } from "../../../lib/ui/form/line-editor.tsx";

interface TitleEditorProps {
  /** The title when editing started. */
  readonly base: string;
  onSave(title: string): void;
  /** Called when the title was emptied. */
  onEmpty(): void;
  onClose(how: { refocus: boolean }): void;
}

/** The text field for a title in its row. */
export const TitleEditor = (props: TitleEditorProps) => (
  <LineEditor
    {...props}
    label={todoWords.row.edit}
    check={(typed) => trimmed(typed, titleLength)}
    className="py-1 pr-2 pl-[calc(var(--spacing-margin)+0.5rem)]"
  />
);
