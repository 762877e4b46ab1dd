import { PenLine } from "lucide-react";
import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { AppFrame } from "../../../lib/ui/layout/app-frame.tsx";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";
import { AccountMenu } from "../../session/account-menu.tsx";
import { PaginatedList } from "../paginated-list.tsx";
import { useCommentsToReview } from "../review/use-comments-to-review.ts";
import { newDraftKey, postHref, postsHref } from "../url-state.ts";
import { WritingSections } from "../writing-sections.tsx";
import { PostRow } from "./post-row.tsx";
import { UnreadablePosts } from "./unreadable-posts.tsx";
import { useOwnPosts } from "./use-own-posts.ts";

const words = writingWords.posts;

const begin = () => history.pushState(null, "", postHref(newDraftKey()));

/** All posts of the signed-in author, published or not. */
export function PostsPage() {
  const { posts, pages, remove } = useOwnPosts();
  const toReview = useCommentsToReview();
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
      <WritingSections current={postsHref} toReview={toReview} />
      <UnreadablePosts />
      <PaginatedList
        pages={pages}
        words={words}
        action={
          <Button look="primary" onClick={begin}>
            {words.empty.action}
          </Button>
        }
      >
        {posts.map((post) => (
          <PostRow key={post.name} post={post} onRemove={() => remove(post)} />
        ))}
      </PaginatedList>
    </AppFrame>
  );
}
