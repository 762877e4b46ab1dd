import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { Compartment, EditorState, type Extension, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { editorTheme } from "./editor-theme.ts";
import { continueBlock, type Format, formatCommand, insertBlock } from "./formatting.ts";
import { paste } from "./paste/paste.ts";
import { formats } from "./toolbar.tsx";

const words = writingWords.editor;

/** Methods of the editor for its parent. */
export interface EditorHandle {
  focus(): void;
  format(format: Format): void;
  /** Inserts a text at the cursor, on its own line. */
  insertBlock(text: string): void;
}

interface EditorEvents {
  /** Called with the whole text after each edit. */
  onChange(text: string): void;
  /** Called with pasted or dropped files. */
  onFiles(files: readonly File[]): void;
  /** Called for shortcuts that do not change the text. */
  onKey(name: "preview" | "publish"): void;
}

interface MarkdownEditorProps extends EditorEvents {
  readonly ref?: Ref<EditorHandle>;
  readonly text: string;
  readonly editable: boolean;
}

/**
 * Markdown editor for the text of a post. CodeMirror lives in a shadow root with adopted style sheets, because the
 * page's Content Security Policy forbids the `style` elements that it would add to the page.
 */
export function MarkdownEditor({ ref, text, editable, ...events }: MarkdownEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useEffectEvent(() => ({ text, ...events }));

  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: "open" });
    if (!root) return;
    const extensions = extensionsOf(() => latest());
    const created = new EditorView({ root, parent: root, doc: latest().text, extensions });
    view.current = created;
    return () => created.destroy();
  }, []);
  useEffect(() => {
    if (view.current) showText(view.current, text);
  }, [text]);
  useEffect(() => view.current?.dispatch({ effects: editability.reconfigure(editabilityOf(editable)) }), [editable]);
  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    format: (format) => view.current && formatCommand(format)(view.current),
    insertBlock: (block) => view.current && insertBlock(view.current, block),
  }));
  return <div ref={host} data-testid="editor" className="min-h-96 wrap-anywhere" />;
}

const editability = new Compartment();

// Read-only text can still be selected and copied while another tab writes.
const editabilityOf = (editable: boolean): Extension => [
  EditorState.readOnly.of(!editable),
  EditorView.contentAttributes.of({ "aria-readonly": String(!editable) }),
];

/** Key binding of CodeMirror from an `aria-keyshortcuts` value. Example: "Control+Alt+2" gives "mod-alt-2". */
const keyOf = (keys: string) => keys.toLowerCase().replace("control", "mod").replaceAll("+", "-");

/** @param latest returns the current event handlers */
function extensionsOf(latest: () => EditorEvents): Extension {
  const act = (name: "preview" | "publish") => () => {
    latest().onKey(name);
    return true;
  };
  const take = (files: FileList | undefined, event: Event): boolean => {
    if (!files || files.length === 0) return false;
    event.preventDefault();
    latest().onFiles([...files]);
    return true;
  };
  return [
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    editorTheme,
    placeholder(words.bodyPlaceholder),
    keymap.of([
      ...formats.map(({ format, keys }) => ({ key: keyOf(keys), run: formatCommand(format), preventDefault: true })),
      { key: "Mod-Shift-p", run: act("preview"), preventDefault: true },
      { key: "Mod-Enter", run: act("publish"), preventDefault: true },
      { key: "Enter", run: continueBlock },
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    editability.of(editabilityOf(true)),
    EditorView.contentAttributes.of({ "aria-label": words.body, spellcheck: "true", dir: "auto" }),
    EditorView.domEventHandlers({
      beforeinput: typeOverSelection,
      paste: (event, view) => paste(event, view, (files) => latest().onFiles(files)),
      drop: (event, view) => {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at !== null && event.dataTransfer?.files.length) view.dispatch({ selection: { anchor: at } });
        return take(event.dataTransfer?.files, event);
      },
    }),
    EditorView.updateListener.of(({ docChanged, state, transactions }) => {
      const isEdit = docChanged && !transactions.some((each) => each.annotation(Transaction.remote));
      if (isEdit) latest().onChange(state.doc.toString());
    }),
  ];
}

/**
 * Replaces a selection with typed text. The browser would copy the look of the replaced text into a `style` attribute,
 * which the Content Security Policy blocks and reports.
 */
function typeOverSelection({ inputType, data }: InputEvent, view: EditorView): boolean {
  const { readOnly, selection } = view.state;
  if (inputType !== "insertText" || data === null || readOnly || selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(data), { scrollIntoView: true, userEvent: "input.type" });
  return true;
}

/**
 * Applies a text that changed elsewhere. Replaces only the differing middle, so that the cursor keeps its place in the
 * rest. Example: "one two" → "one 2" replaces only "two".
 */
function showText(view: EditorView, text: string): void {
  const now = view.state.doc.toString();
  if (now === text) return;
  let from = 0;
  while (from < now.length && from < text.length && now[from] === text[from]) from += 1;
  let [to, end] = [now.length, text.length];
  while (to > from && end > from && now[to - 1] === text[end - 1]) {
    to -= 1;
    end -= 1;
  }
  const changes = { from, to, insert: text.slice(from, end) };
  view.dispatch({ changes, annotations: Transaction.remote.of(true) });
}
