import {
  type ChangeSpec,
  EditorSelection,
  type EditorState,
  type SelectionRange,
  type Transaction,
} from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";
import { writingWords } from "../../../copy/writing.ts";

const words = writingWords.toolbar;

/** Formats that the toolbar and the editor shortcuts apply to the text. */
export type Format = "bold" | "italic" | "code" | "link" | "heading" | "quote" | "bullets" | "numbers";

type Transform = (state: EditorState) => Transaction;

const formats: Readonly<Record<Format, Transform>> = {
  bold: (state) => wrap(state, "**", words.boldText),
  italic: (state) => wrap(state, "_", words.italicText),
  code: (state) => (isManyLines(state) ? fence(state) : wrap(state, "`", words.codeText)),
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
    view.dispatch(formats[format](view.state));
    view.focus();
    return true;
  };

/**
 * Wraps the selection in marks, or removes them. Inserts a selected placeholder if nothing is selected. Example: bold
 * turns "cat" into "**cat**" and back.
 */
function wrap(state: EditorState, mark: string, placeholder: string): Transaction {
  return state.update(
    state.changeByRange(({ from, to }) => {
      const before = state.sliceDoc(from - mark.length, from);
      const after = state.sliceDoc(to, to + mark.length);
      if (before === mark && after === mark)
        return {
          changes: [
            { from: from - mark.length, to: from },
            { from: to, to: to + mark.length },
          ],
          range: EditorSelection.range(from - mark.length, to - mark.length),
        };
      const text = state.sliceDoc(from, to) || placeholder;
      const start = from + mark.length;
      return {
        changes: { from, to, insert: mark + text + mark },
        range: EditorSelection.range(start, start + text.length),
      };
    }),
    { scrollIntoView: true, userEvent: "input" },
  );
}

const isManyLines = (state: EditorState) => {
  const { from, to } = state.selection.main;
  return state.doc.lineAt(from).number !== state.doc.lineAt(to).number;
};

function fence(state: EditorState): Transaction {
  const { from, to } = state.selection.main;
  const [first, last] = [state.doc.lineAt(from), state.doc.lineAt(to)];
  return state.update({
    changes: [
      { from: first.from, insert: "```\n" },
      { from: last.to, insert: "\n```" },
    ],
    selection: { anchor: first.from + 3 },
    userEvent: "input",
  });
}

/**
 * Turns the selection into a link. A selected URL becomes the address, other text the label. Example: "cat" becomes
 * "[cat](https://)" with the address selected.
 */
function link(state: EditorState): Transaction {
  return state.update(
    state.changeByRange(({ from, to }) => {
      const selected = state.sliceDoc(from, to);
      const isUrl = /^https?:\/\/\S+$/.test(selected);
      const text = isUrl ? words.linkText : selected || words.linkText;
      const url = isUrl ? selected : "https://";
      const insert = `[${text}](${url})`;
      const urlFrom = from + text.length + 3;
      const range = isUrl
        ? EditorSelection.range(from + 1, from + 1 + text.length)
        : EditorSelection.range(urlFrom, urlFrom + url.length);
      return { changes: { from, to, insert }, range };
    }),
    { scrollIntoView: true, userEvent: "input" },
  );
}

/**
 * Starts each selected line with a mark, or removes the mark if all lines have it. Example: bullets turn "a", "b" into
 * "- a", "- b" and back.
 */
function prefix(state: EditorState, form: RegExp, mark: (place: number) => string): Transaction {
  const lines = linesOf(state, state.selection.main).filter(({ text }, _, all) => text !== "" || all.length === 1);
  const isMarked = lines.every(({ text }) => form.test(text));
  const changes = lines.map(({ from, text }, i): ChangeSpec => {
    const old = form.exec(text)?.[0] ?? "";
    return { from, to: from + old.length, insert: isMarked ? "" : mark(i + 1) };
  });
  return state.update({ changes, scrollIntoView: true, userEvent: "input" });
}

function linesOf({ doc }: EditorState, { from, to }: SelectionRange) {
  const [first, last] = [doc.lineAt(from).number, doc.lineAt(to).number];
  return Array.from({ length: last - first + 1 }, (_, i) => doc.line(first + i));
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
  const insert = `\n${indent}${next}`;
  view.dispatch({
    changes: { from, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: "input",
  });
  return true;
}
