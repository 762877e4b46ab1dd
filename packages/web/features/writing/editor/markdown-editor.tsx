import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from "react";
import type { Format } from "./formatting.ts";
import { MarkdownView } from "./markdown-view.ts";

/** Methods of the editor for its parent. */
export interface EditorHandle {
  focus(): void;
  format(format: Format): void;
  /** Inserts a text at the cursor, on its own line. */
  insertBlock(text: string): void;
}

export interface MarkdownEditorProps {
  readonly ref?: Ref<EditorHandle>;
  readonly text: string;
  readonly editable: boolean;
  onChange(text: string): void;
  onFiles(files: readonly File[]): void;
  onKey(name: "preview" | "publish"): void;
}

/** Markdown editor for the text of a post. */
export function MarkdownEditor({ ref, text, editable, ...events }: MarkdownEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<MarkdownView>(null);
  const onChange = useEffectEvent(events.onChange);
  const onFiles = useEffectEvent(events.onFiles);
  const onKey = useEffectEvent(events.onKey);
  const current = useEffectEvent(() => text);

  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: "open" });
    if (!root) return;
    const made = new MarkdownView(root, {
      text: current(),
      onChange: (next) => onChange(next),
      onFiles: (files) => onFiles(files),
      onKey: (name) => onKey(name),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);
  useEffect(() => view.current?.show(text), [text]);
  useEffect(() => view.current?.setEditable(editable), [editable]);
  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    format: (format) => view.current?.format(format),
    insertBlock: (block) => view.current?.insertBlock(block),
  }));
  return <div ref={host} data-testid="editor" className="min-h-96 wrap-anywhere" />;
}
