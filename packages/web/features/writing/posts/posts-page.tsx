import { PenLine } from "lucide-react";
import { common } from "../../../copy/common.ts";
import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { EmptyState } from "../../../lib/ui/empty-state.tsx";
import { FailureState } from "../../../lib/ui/failure-state.tsx";
import { AppFrame } from "../../../lib/ui/layout/app-frame.tsx";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";
import { AccountMenu } from "../../session/account-menu.tsx";
import { useReviewCount } from "../review/use-review-count.ts";
import { newDraftKey, writingHref } from "../url-state.ts";
import { WritingSections } from "../writing-sections.tsx";
import { PostRow } from "./post-row.tsx";
import { PostsLoading } from "./posts-loading.tsx";
import { UnreadablePosts } from "./unreadable-posts.tsx";
import { useOwnPosts } from "./use-own-posts.ts";

const words = writingWords.posts;

const begin = () => history.pushState(null, "", writingHref({ view: "post", post: newDraftKey() }));

/** All posts of the signed-in author, published or not. */
export function PostsPage() {
  const { status, error, posts, hasMore, isLoading, more, reload, remove } = useOwnPosts();
  const reviewCount = useReviewCount();
  useShortcuts({ n: begin });
  return (
    <AppFrame
      title={words.heading}
      actions={
        <Button look="primary" onClick={begin}>
          <PenLine aria-hidden className="size-4.5" />
          {words.new}
        </Button>
      }
      account={<AccountMenu />}
    >
      <WritingSections current="posts" reviewCount={reviewCount} />
      <UnreadablePosts />
      {status === "pending" && posts.length === 0 && <PostsLoading />}
      {status === "error" && <FailureState title={words.failed} error={error} retry={reload} />}
      {status === "success" && posts.length === 0 && !hasMore && (
        <EmptyState
          title={words.empty.title}
          action={
            <Button look="primary" onClick={begin}>
              {words.empty.action}
            </Button>
          }
        >
          {words.empty.text}
        </EmptyState>
      )}
      {posts.length > 0 && (
        <ul aria-label={words.list} className="ledger">
          {posts.map((post) => (
            <PostRow key={post.name} post={post} onRemove={() => remove(post)} />
          ))}
        </ul>
      )}
      {hasMore && (
        <Button className="mt-6" aria-disabled={isLoading} onClick={more}>
          {isLoading ? common.loading : words.more}
        </Button>
      )}
    </AppFrame>
  );
}
