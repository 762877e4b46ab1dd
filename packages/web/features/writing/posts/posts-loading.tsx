import { writingWords } from "../../../copy/writing.ts";
import { Skeleton } from "../../../lib/ui/skeleton.tsx";

const rows = ["w-1/2", "w-2/3", "w-2/5"];

/** Placeholder while the posts load. */
export const PostsLoading = ({ label = writingWords.posts.loading }: { label?: string }) => (
  <div role="status" className="ledger">
    <span className="sr-only">{label}</span>
    {rows.map((width) => (
      <div
        key={width}
        className="flex min-h-20 flex-col justify-center gap-2 pe-4 ps-[calc(var(--spacing-margin)+1rem)]"
      >
        <Skeleton className={`h-5 ${width}`} />
        <Skeleton className="h-3.5 w-32" />
      </div>
    ))}
  </div>
);
