import clsx from "clsx";
import { useRef, useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { onDemand, usePart } from "../../../lib/ui/on-demand.ts";
import { Skeleton } from "../../../lib/ui/skeleton.tsx";
import { draftProblem } from "../drafts/draft-problems.ts";
import type { OpenDraft } from "../drafts/open-draft.ts";
import type { OpenDraftView } from "../drafts/open-draft-view.ts";
import type { LocalDraft } from "../drafts/saving-state.ts";
import { PictureTray } from "../pictures/picture-tray.tsx";
import { useTextUploads } from "../pictures/use-text-uploads.ts";
import { EditorNotices } from "./editor-notices.tsx";
import type { EditorHandle } from "./markdown-editor.tsx";
import { Preview } from "./preview.tsx";
import { Toolbar } from "./toolbar.tsx";
import { ViewChoice, type WritingView } from "./view-choice.tsx";
import { WordCount } from "./word-count.tsx";

const words = writingWords.editor;

const markdownEditor = onDemand(() => import("./markdown-editor.tsx"));

interface PostEditorProps {
  readonly openDraft: OpenDraft;
  readonly view: OpenDraftView;
  readonly localDraft: LocalDraft;
  onPublish(): void;
}

/** Title and text of a post. The preview is beside the text, or replaces it on narrow screens. */
export function PostEditor({ openDraft, view, localDraft, onPublish }: PostEditorProps) {
  const { draft } = localDraft;
  const [shown, setShown] = useState<WritingView>("write");
  const parts = usePart(markdownEditor, true);
  const editor = useRef<EditorHandle>(null);
  const isEditable = view.role === "writing";
  const uploads = useTextUploads(openDraft, (text) => editor.current?.insertBlock(text));
  return (
    <>
      <EditorNotices openDraft={openDraft} view={view} localDraft={localDraft} />
      <label data-kept className="block">
        <span className="sr-only">{words.title}</span>
        <textarea
          dir="auto"
          rows={1}
          value={draft.title}
          readOnly={!isEditable}
          placeholder={words.titlePlaceholder}
          aria-invalid={draftProblem(draft, "title") ? true : undefined}
          onChange={(event) => openDraft.edit({ title: event.target.value.replaceAll("\n", " ") })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            editor.current?.focus();
          }}
          className="field-sizing-content block w-full resize-none bg-transparent py-2 font-serif text-title font-medium wrap-anywhere placeholder:text-muted focus-visible:outline-none"
        />
      </label>
      <FieldProblem>{draftProblem(draft, "title")}</FieldProblem>
      <div className="sticky top-0 z-10 flex flex-wrap items-center justify-between gap-x-4 border-y border-rule bg-paper">
        <Toolbar
          disabled={!isEditable || shown === "preview"}
          onFormat={(format) => editor.current?.format(format)}
          onFiles={uploads.add}
        />
        <ViewChoice shown={shown} onChange={setShown} />
      </div>
      <PictureTray
        body={draft.body}
        editable={isEditable}
        uploads={uploads}
        onChange={(body) => openDraft.edit({ body })}
      />
      <FieldProblem>{draftProblem(draft, "body")}</FieldProblem>
      <div className="wide:grid wide:grid-cols-2 wide:gap-8">
        <div className={clsx("min-w-0", shown === "preview" && "max-wide:hidden")}>
          {parts ? (
            <parts.MarkdownEditor
              ref={editor}
              text={draft.body}
              editable={isEditable}
              onChange={(body) => openDraft.edit({ body })}
              onFiles={uploads.add}
              onKey={(name) =>
                name === "publish" ? onPublish() : setShown((now) => (now === "write" ? "preview" : "write"))
              }
            />
          ) : (
            <Skeleton className="mt-4 h-64 w-full" />
          )}
        </div>
        <div
          className={clsx("min-w-0 wide:border-s wide:border-rule wide:ps-8", shown === "write" && "max-wide:hidden")}
        >
          <Preview draft={draft} />
        </div>
      </div>
      <WordCount body={draft.body} />
    </>
  );
}

/** Shows the problem of the field above and announces it to screen readers. */
const FieldProblem = ({ children }: { children: string | undefined }) => (
  <p role="status" className="text-sm font-medium text-danger not-empty:py-1.5">
    {children}
  </p>
);
