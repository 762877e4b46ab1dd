import type { ReactNode } from "react";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { More, type Pages } from "../paginated/more.tsx";
import { PostsLoading } from "./posts/posts-loading.tsx";

interface PaginatedListProps {
  readonly pages: Pages;
  readonly words: {
    readonly list: string;
    readonly loading: string;
    readonly failed: string;
    readonly empty: { readonly title: string; readonly text: string };
    readonly more: string;
  };
  /** The action of the empty state. */
  readonly action?: ReactNode;
  /** The rows of the list, as `li` elements. */
  readonly children: readonly ReactNode[];
}

/** A collection of the API: loading, failed, empty, or a list that can show more. */
export const PaginatedList = ({ pages, words, action, children: rows }: PaginatedListProps) => (
  <>
    {pages.status === "pending" && rows.length === 0 && <PostsLoading label={words.loading} />}
    {pages.status === "error" && <FailureState title={words.failed} error={pages.error} retry={pages.reload} />}
    {pages.status === "success" && rows.length === 0 && !pages.hasMore && (
      <EmptyState title={words.empty.title} action={action}>
        {words.empty.text}
      </EmptyState>
    )}
    {rows.length > 0 && (
      <ul aria-label={words.list} className="ledger">
        {rows}
      </ul>
    )}
    <More pages={pages} name={words.more} />
  </>
);
