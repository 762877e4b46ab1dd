import { Skeleton } from "../../lib/ui/skeleton.tsx";
import "./todos.css";
import { todoWords } from "../../copy/todo.ts";

/** The loading state of a list. The text is for screen readers only. */
export function TodosLoading() {
  return (
    <div role="status">
      <span className="sr-only">{todoWords.loading}</span>
      <div aria-hidden="true">
        <div className="new-todo-line">
          <span className="flex h-14 items-center pl-[calc(var(--spacing-margin)+1rem)]">
            <Skeleton className="h-4 w-48" />
          </span>
        </div>
        <div className="ledger todos">
          {["w-1/2", "w-2/3", "w-2/5", "w-3/5"].map((width) => (
            <div key={width} className="flex h-row items-center pl-[calc(var(--spacing-margin)+1rem)]">
              <Skeleton className={`h-4 ${width}`} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
