import clsx from "clsx";
import { useRef, useState } from "react";
import { writingWords } from "../../copy/writing.ts";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { Skeleton } from "../../lib/ui/skeleton.tsx";
import { Counts } from "./counts.tsx";
import { draftProblem } from "./draft-problems.ts";
import { EditorNotices } from "./editor-notices.tsx";
import { FieldProblem } from "./field-problem.tsx";
import type { Manuscript } from "./manuscript.ts";
import type { ManuscriptView } from "./manuscript-view.ts";
import type { EditorHandle } from "./markdown-editor.tsx";
import { PictureTray } from "./picture-tray.tsx";
import { Preview } from "./preview.tsx";
import type { Kept } from "./saving.ts";
import { Toolbar } from "./toolbar.tsx";
import { useUploads } from "./use-uploads.ts";
import { ViewChoice, type WritingView } from "./view-choice.tsx";

const words = writingWords.editor;

const markdownEditor = onDemand(() => import("./markdown-editor.tsx"));

interface PostEditorProps {
  readonly manuscript: Manuscript;
  readonly view: ManuscriptView;
  readonly kept: Kept;
  onPublish(): void;
}

/** Title and text of a post, with what its readers will see beside it, or in its place where there is no room. */
export function PostEditor({ manuscript, view, kept, onPublish }: PostEditorProps) {
  const { draft } = kept;
  const [shown, setShown] = useState<WritingView>("write");
  const parts = usePart(markdownEditor, true);
  const editor = useRef<EditorHandle>(null);
  const isEditable = view.role === "writing";
  const now = () => manuscript.view();
  const uploads = useUploads({
    text: () => (now().role === "writing" ? now().kept?.draft.body : undefined),
    insert: (text) => editor.current?.insertBlock(text),
    change: (body) => manuscript.edit({ body }),
  });
  return (
    <>
      <EditorNotices manuscript={manuscript} view={view} kept={kept} />
      <label data-kept className="block">
        <span className="sr-only">{words.title}</span>
        <textarea
          dir="auto"
          rows={1}
          value={draft.title}
          readOnly={!isEditable}
          placeholder={words.titlePlaceholder}
          aria-invalid={draftProblem(draft, "title") ? true : undefined}
          onChange={(event) => manuscript.edit({ title: event.target.value.replaceAll("\n", " ") })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            editor.current?.focus();
          }}
          className="field-sizing-content block w-full resize-none bg-transparent py-2 font-serif text-title font-medium wrap-anywhere placeholder:text-muted focus-visible:outline-none"
        />
      </label>
      <FieldProblem problem={draftProblem(draft, "title")} />
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
        onChange={(body) => manuscript.edit({ body })}
      />
      <FieldProblem problem={draftProblem(draft, "body")} />
      <div className="wide:grid wide:grid-cols-2 wide:gap-8">
        <div className={clsx("min-w-0", shown === "preview" && "max-wide:hidden")}>
          {parts ? (
            <parts.MarkdownEditor
              ref={editor}
              text={draft.body}
              editable={isEditable}
              onChange={(body) => manuscript.edit({ body })}
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
          className={clsx("min-w-0 wide:border-l wide:border-rule wide:pl-8", shown === "write" && "max-wide:hidden")}
        >
          <Preview draft={draft} />
        </div>
      </div>
      <Counts body={draft.body} />
    </>
  );
}
