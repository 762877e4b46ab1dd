import type { ReactNode } from "react";
import { common } from "../../copy/common.ts";
import { Button } from "../../lib/ui/button.tsx";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { PostsLoading } from "./posts/posts-loading.tsx";
import type { Paginated } from "./use-paginated.ts";

type Pages = Omit<Paginated<unknown>, "items" | "change">;

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

/** Button that loads the next page, if there is one. */
export const More = ({ pages: { hasMore, isLoading, more }, name }: { pages: Pages; name: string }) =>
  hasMore && (
    <Button className="mt-6" aria-disabled={isLoading} onClick={more}>
      {isLoading ? common.loading : name}
    </Button>
  );
