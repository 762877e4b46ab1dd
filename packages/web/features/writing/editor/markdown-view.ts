import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { defineLanguageFacet, HighlightStyle, Language, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, type KeyBinding, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";
import { writingWords } from "../../../copy/writing.ts";
import { continueBlock, type Format, formatCommand } from "./formatting.ts";

const words = writingWords.editor;

export interface MarkdownViewOptions {
  readonly text: string;
  /** Called with the whole text after each change. */
  onChange(text: string): void;
  /** Called with pasted or dropped files. */
  onFiles(files: readonly File[]): void;
  /** Called for shortcuts that do not change the text. */
  onKey(name: "preview" | "publish"): void;
}

const formatKeys: readonly (readonly [key: string, format: Format])[] = [
  ["Mod-b", "bold"],
  ["Mod-i", "italic"],
  ["Mod-k", "link"],
  ["Mod-e", "code"],
  ["Mod-Alt-2", "heading"],
  ["Mod-Shift-9", "quote"],
  ["Mod-Shift-8", "bullets"],
  ["Mod-Shift-7", "numbers"],
];

const markdown = new Language(defineLanguageFacet(), parser.configure(GFM), [], "markdown");

// Fonts of the page. Its style sheets do not apply inside the shadow root, but its CSS variables do, such as
// `--font-newsreader`.
const serif = "var(--font-newsreader-ext), var(--font-newsreader), ui-serif, Georgia, serif";

const marks = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "600", fontFamily: serif },
  { tag: tags.heading1, fontSize: "1.5em" },
  { tag: tags.heading2, fontSize: "1.3em" },
  { tag: tags.heading3, fontSize: "1.15em" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: tags.monospace, fontFamily: "ui-monospace, monospace", fontSize: "0.92em" },
  { tag: [tags.link, tags.url], color: "var(--accent)" },
  { tag: tags.quote, color: "var(--muted)" },
  { tag: [tags.processingInstruction, tags.labelName, tags.contentSeparator], color: "var(--muted)" },
]);

const look = EditorView.theme({
  "&": { fontSize: "1.0625rem", color: "var(--ink)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.7", overflow: "auto" },
  ".cm-content": { padding: "1rem 0", caretColor: "var(--accent)", minHeight: "24rem" },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--muted)" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selected)",
  },
});

/**
 * CodeMirror view of a text. It lives in a shadow root with adopted style sheets, because the page's Content Security
 * Policy forbids the `style` elements that CodeMirror would add to the page.
 */
export class MarkdownView {
  readonly #view: EditorView;
  readonly #editable = new Compartment();
  /**
   * Last text that the parent knows. Only differing texts are reported or applied, so that an edit does not echo.
   * Example: typing "B" calls `onChange("B")`, and the following `show("B")` does nothing.
   */
  #text: string;

  constructor(root: ShadowRoot, { text, onChange, onFiles, onKey }: MarkdownViewOptions) {
    this.#text = text;
    const act = (name: "preview" | "publish") => () => {
      onKey(name);
      return true;
    };
    const keys: KeyBinding[] = [
      ...formatKeys.map(([key, format]) => ({ key, run: formatCommand(format), preventDefault: true })),
      { key: "Mod-Shift-p", run: act("preview"), preventDefault: true },
      { key: "Mod-Enter", run: act("publish"), preventDefault: true },
      { key: "Enter", run: continueBlock },
    ];
    const take = (files: FileList | undefined, event: Event): boolean => {
      if (!files || files.length === 0) return false;
      event.preventDefault();
      onFiles([...files]);
      return true;
    };
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          markdown,
          syntaxHighlighting(marks),
          look,
          placeholder(words.bodyPlaceholder),
          keymap.of([...keys, ...historyKeymap, ...defaultKeymap]),
          this.#editable.of(this.#editability(true)),
          EditorView.contentAttributes.of({ "aria-label": words.body, spellcheck: "true", dir: "auto" }),
          EditorView.domEventHandlers({
            paste: (event) => take(event.clipboardData?.files, event),
            drop: (event, view) => {
              const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
              if (at !== null && event.dataTransfer?.files.length) view.dispatch({ selection: { anchor: at } });
              return take(event.dataTransfer?.files, event);
            },
          }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (!docChanged) return;
            const next = state.doc.toString();
            if (next === this.#text) return;
            this.#text = next;
            onChange(next);
          }),
        ],
      }),
    });
  }

  /**
   * Applies a text that changed elsewhere. Replaces only the differing middle, so that the cursor keeps its place in
   * the rest. Example: "one two" → "one 2" replaces only "two".
   */
  show(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    const now = this.#view.state.doc.toString();
    let from = 0;
    while (from < now.length && from < text.length && now[from] === text[from]) from += 1;
    let [to, end] = [now.length, text.length];
    while (to > from && end > from && now[to - 1] === text[end - 1]) {
      to -= 1;
      end -= 1;
    }
    this.#view.dispatch({ changes: { from, to, insert: text.slice(from, end) } });
  }

  setEditable(editable: boolean): void {
    this.#view.dispatch({ effects: this.#editable.reconfigure(this.#editability(editable)) });
  }

  format(format: Format): void {
    formatCommand(format)(this.#view);
  }

  /** Inserts a text at the cursor, on its own line. */
  insertBlock(text: string): void {
    const { state } = this.#view;
    const { from, to } = state.selection.main;
    const line = state.doc.lineAt(from);
    // Separate the block by a blank line, or Markdown adds it to the paragraph above. Example: after "one", insert
    // "\n\n" first.
    const isAtStart = state.sliceDoc(line.from, from).trim() === "";
    const isApart = line.number === 1 || state.doc.line(line.number - 1).text.trim() === "";
    const before = isAtStart ? (isApart ? "" : "\n") : "\n\n";
    const insert = `${before}${text}\n`;
    this.#view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      scrollIntoView: true,
      userEvent: "input",
    });
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  // Read-only text can still be selected and copied while another tab writes.
  #editability = (editable: boolean) => [
    EditorState.readOnly.of(!editable),
    EditorView.contentAttributes.of({ "aria-readonly": String(!editable) }),
  ];
}
