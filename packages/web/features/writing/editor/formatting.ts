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

/** What the toolbar and the keys of the editor do to its text. */
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

/** Puts marks around what is selected, or takes them away; where nothing is selected, around a word to be typed over. */
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

/** A link of what is selected: an address becomes where it leads, everything else what it says. */
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

/** Begins each selected line with a mark, or takes it away where all of them have it. */
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

/** What begins a line of a list or a quotation, with the task that may follow. */
const marker = /^(\s*)(?:(>) ?|([-*+])( \[[ x]\])? |(\d+)([.)]) )/;

/** Enter goes on with the list or quotation that it is pressed in, and ends it on a line with nothing but its mark. */
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
