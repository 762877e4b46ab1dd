import type { ChangeSpec, EditorState, TransactionSpec } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";
import { writingWords } from "../../../copy/writing.ts";

const words = writingWords.toolbar;

/** Formats that the toolbar and the editor shortcuts apply to the text. */
export type Format = "bold" | "italic" | "code" | "link" | "heading" | "quote" | "bullets" | "numbers";

const transforms: Readonly<Record<Format, (state: EditorState) => TransactionSpec>> = {
  bold: (state) => wrap(state, "**", words.boldText),
  italic: (state) => wrap(state, "_", words.italicText),
  code: (state) => (selectedLines(state).length > 1 ? fence(state) : wrap(state, "`", words.codeText)),
  link,
  heading: (state) => prefix(state, /^#{1,6} /, () => "## "),
  quote: (state) => prefix(state, /^> ?/, () => "> "),
  bullets: (state) => prefix(state, /^[-*+] /, () => "- "),
  numbers: (state) => prefix(state, /^\d+[.)] /, (place) => `${place}. `),
};

export const formatCommand =
  (format: Format): Command =>
  (view) => {
    if (view.state.readOnly) return false;
    view.dispatch({ ...transforms[format](view.state), scrollIntoView: true, userEvent: "input" });
    view.focus();
    return true;
  };

/**
 * Wraps the selection in marks, or removes them. Inserts a selected placeholder if nothing is selected. Example: bold
 * turns "cat" into "**cat**" and back.
 */
function wrap(state: EditorState, mark: string, placeholder: string): TransactionSpec {
  const { from, to } = state.selection.main;
  const [start, end] = [from - mark.length, to + mark.length];
  if (state.sliceDoc(start, from) === mark && state.sliceDoc(to, end) === mark)
    return {
      changes: [
        { from: start, to: from },
        { from: to, to: end },
      ],
    };
  const text = state.sliceDoc(from, to) || placeholder;
  const anchor = from + mark.length;
  return { changes: { from, to, insert: mark + text + mark }, selection: { anchor, head: anchor + text.length } };
}

function selectedLines({ doc, selection: { main } }: EditorState) {
  const [first, last] = [doc.lineAt(main.from).number, doc.lineAt(main.to).number];
  return Array.from({ length: last - first + 1 }, (_, i) => doc.line(first + i));
}

function fence({ doc, selection: { main } }: EditorState): TransactionSpec {
  const { from } = doc.lineAt(main.from);
  return {
    changes: [
      { from, insert: "```\n" },
      { from: doc.lineAt(main.to).to, insert: "\n```" },
    ],
    selection: { anchor: from + 3 },
  };
}

/**
 * Turns the selection into a link. A selected URL becomes the address, other text the label. Example: "cat" becomes
 * "[cat](https://)" with the address selected.
 */
function link(state: EditorState): TransactionSpec {
  const { from, to } = state.selection.main;
  const selected = state.sliceDoc(from, to);
  const isUrl = /^https?:\/\/\S+$/.test(selected);
  const [text, url] = isUrl ? [words.linkText, selected] : [selected || words.linkText, "https://"];
  const anchor = from + (isUrl ? 1 : text.length + 3);
  return {
    changes: { from, to, insert: `[${text}](${url})` },
    selection: { anchor, head: anchor + (isUrl ? text : url).length },
  };
}

/**
 * Starts each selected line with a mark, or removes the mark if all lines have it. Example: bullets turn "a", "b" into
 * "- a", "- b" and back.
 */
function prefix(state: EditorState, form: RegExp, mark: (place: number) => string): TransactionSpec {
  const lines = selectedLines(state).filter(({ text }, _, all) => text !== "" || all.length === 1);
  const isMarked = lines.every(({ text }) => form.test(text));
  const changes = lines.map(({ from, text }, i): ChangeSpec => {
    const old = form.exec(text)?.[0] ?? "";
    return { from, to: from + old.length, insert: isMarked ? "" : mark(i + 1) };
  });
  return { changes };
}

/** Replaces the selection, and puts the cursor behind the new text. */
const insert = (view: EditorView, text: string): void =>
  view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input" });

/** Inserts a text at the cursor, as a block: separated by blank lines from the text around it. */
export function insertBlock(view: EditorView, text: string): void {
  const { doc, selection } = view.state;
  const { from } = selection.main;
  const line = doc.lineAt(from);
  // Separate the block by a blank line, or Markdown adds it to the paragraph above. Example: after "one", insert
  // "\n\n" first.
  const isAtStart = doc.sliceString(line.from, from).trim() === "";
  const isApart = line.number === 1 || doc.line(line.number - 1).text.trim() === "";
  const [, rest = "", next = ""] = /^([^\n]*)\n?([^\n]*)/.exec(doc.sliceString(selection.main.to)) ?? [];
  const gap = rest.trim() !== "" ? "\n\n" : next.trim() !== "" ? "\n" : "";
  insert(view, `${isAtStart ? (isApart ? "" : "\n") : "\n\n"}${text}${gap || "\n"}`);
}

/** Matches the mark of a list item, with its task box, or of a quotation. Example: "- [x] " and "2. ". */
const marker = /^(\s*)(?:(>) ?|([-*+])( \[[ x]\])? |(\d+)([.)]) )/;

/**
 * Handles Enter: continues the list or quotation, or ends it on a line that has only a mark. Example: after "2. Milk"
 * the next line starts with "3. ", and Enter on an empty "3. " removes it.
 */
export function continueBlock(view: EditorView): boolean {
  const { state } = view;
  const { from, empty } = state.selection.main;
  const line = state.doc.lineAt(from);
  const found = marker.exec(line.text);
  if (!empty || !found || state.readOnly || from < line.from + found[0].length) return false;
  const [all, indent = "", quote, bullet, task, number, end = "."] = found;
  if (line.text.trim() === all.trim()) {
    view.dispatch({ changes: { from: line.from, to: line.to }, userEvent: "delete" });
    return true;
  }
  const next = quote ? "> " : bullet ? `${bullet}${task ? " [ ]" : ""} ` : `${Number(number) + 1}${end} `;
  insert(view, `\n${indent}${next}`);
  return true;
}
