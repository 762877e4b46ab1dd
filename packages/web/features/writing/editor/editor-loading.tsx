import { writingWords } from "../../../copy/writing.ts";
import { Skeleton } from "../../../lib/ui/skeleton.tsx";

/** Placeholder while the editor loads. */
export const EditorLoading = () => (
  <div role="status" className="space-y-6 pt-4">
    <span className="sr-only">{writingWords.editor.loading}</span>
    <Skeleton className="h-10 w-2/3" />
    <Skeleton className="h-11 w-full" />
    <Skeleton className="h-64 w-full" />
  </div>
);
