import { nameLength } from "@daybook/core/list/list.limits";
import { listWords } from "../../copy/list.ts";
import { trimmed } from "../../lib/length.ts";
import { LineEditor } from "../../lib/ui/form/line-editor.tsx";

interface ListNameEditorProps {
  readonly label: string;
  /** The current name of the list. Omit it for a new list, which an empty name cancels. */
  readonly base?: string;
  readonly placeholder?: string;
  onSave(name: string): void;
  /** @param how.refocus whether to return the focus to the element that had it before */
  onClose(how: { refocus: boolean }): void;
}

/** The text field for a list name in the sidebar. */
export const ListNameEditor = ({ base, ...props }: ListNameEditorProps) => (
  <LineEditor
    {...props}
    base={base ?? ""}
    check={(typed) => trimmed(typed, nameLength, listWords.rename.empty)}
    onEmpty={base === undefined ? () => {} : undefined}
    // As high as the row that it replaces, with the focus ring inside.
    className="*:[input]:min-h-control *:[input]:-outline-offset-2 wide:*:[input]:min-h-10"
  />
);
