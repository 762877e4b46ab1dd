import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

const isUrl = (text: string) => /^https?:\/\/\S+$/.test(text);

/** Whether the cursor is in a code block, where a pasted text stays as it is. */
function isInCode({ doc, selection }: EditorState): boolean {
  const before = doc.sliceString(0, selection.main.from).split("\n");
  return before.filter((line) => /^ {0,3}(```|~~~)/.test(line)).length % 2 === 1;
}

const insert = (view: EditorView, text: string): void =>
  view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input.paste" });

/** Turns the selected words into a link. Returns false if there are none, or if they are an address themselves. */
function linkSelection(view: EditorView, url: string): boolean {
  const { from, to } = view.state.selection.main;
  const words = view.state.sliceDoc(from, to);
  if (words.trim() === "" || words.includes("\n") || isUrl(words) || isInCode(view.state)) return false;
  // A parenthesis would end the address.
  insert(view, `[${words}](${url.replaceAll("(", "%28").replaceAll(")", "%29")})`);
  return true;
}

/** Inserts copied HTML as Markdown, or the text if it has no format. The converter is loaded with the first use. */
async function insertRich(view: EditorView, html: string, text: string): Promise<void> {
  // Offline, the converter may not be there. The text is better than nothing.
  const converter = await import("./rich-text.ts").catch(() => undefined);
  insert(view, converter?.markdownOf(html) ?? text);
}

/**
 * Pastes an address over a selection as a link, formatted text as Markdown, and files through `onFiles`. Leaves other
 * texts to the editor. @returns whether the paste is done
 */
export function paste(event: ClipboardEvent, view: EditorView, onFiles: (files: readonly File[]) => void): boolean {
  const data = event.clipboardData;
  if (!data || view.state.readOnly) return false;
  const [html, text] = [data.getData("text/html"), data.getData("text/plain")];
  if (isUrl(text.trim()) && linkSelection(view, text.trim())) event.preventDefault();
  // Office programs add a picture of the text.
  else if (html !== "" && text.trim() !== "" && !isInCode(view.state)) {
    event.preventDefault();
    void insertRich(view, html, text.replaceAll(/\r\n?/g, "\n"));
  } else if (data.files.length > 0) {
    event.preventDefault();
    onFiles([...data.files]);
  }
  return event.defaultPrevented;
}
