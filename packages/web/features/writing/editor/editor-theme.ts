import { defineLanguageFacet, HighlightStyle, Language, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";

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
  { tag: [tags.quote, tags.processingInstruction, tags.labelName, tags.contentSeparator], color: "var(--muted)" },
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

/** Parses the text as Markdown, and styles it. */
export const editorTheme: Extension = [markdown, syntaxHighlighting(marks), look];
