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
  onClose(): void;
}

/** The text field for a list name in the sidebar. */
export const ListNameEditor = ({ base, ...props }: ListNameEditorProps) => (
  <LineEditor
    {...props}
    base={base ?? ""}
    check={(typed) => trimmed(typed, nameLength, listWords.rename.empty)}
    onEmpty={base === undefined ? () => {} : undefined}
    className="py-1"
  />
);
