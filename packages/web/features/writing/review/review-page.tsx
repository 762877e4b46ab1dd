import type { BlockedReader, CommentToReview } from "@daybook/core/comment/comment";
import { useState } from "react";
import { common } from "../../../copy/common.ts";
import { writingWords } from "../../../copy/writing.ts";
import { dateInWords } from "../../../lib/dates.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { EmptyState } from "../../../lib/ui/empty-state.tsx";
import { FailureState } from "../../../lib/ui/failure-state.tsx";
import { AppFrame } from "../../../lib/ui/layout/app-frame.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { AccountMenu } from "../../session/account-menu.tsx";
import { lastingApi, userApi } from "../../session/user-api.ts";
import { PostsLoading } from "../posts/posts-loading.tsx";
import { type Paginated, usePaginated } from "../use-paginated.ts";
import { WritingSections } from "../writing-sections.tsx";
import { type CommentDecision, ReviewRow } from "./review-row.tsx";

const words = writingWords.review;

const pageAt = (cursor: string | undefined) => ({ query: { ...(cursor && { cursor }) } });

/** Comments on the author's posts that wait for review, and the blocked readers. */
export function ReviewPage() {
  const comments = usePaginated<CommentToReview>((cursor) => userApi.listCommentsToReview(pageAt(cursor)));
  const blocked = usePaginated<BlockedReader>((cursor) => userApi.listBlockedReaders(pageAt(cursor)));
  const [blocking, setBlocking] = useState<CommentToReview>();

  function send(comment: CommentToReview, decision: CommentDecision, onDone?: () => void) {
    // An approval names the version that the author read. Hiding and blocking apply to any version. Example: approving
    // version 1 fails if the reader has changed the comment to version 2.
    const options = decision === "approve" ? { ifMatch: comment.version } : {};
    lastingApi
      .decideComment({ params: { postId: comment.postId, commentId: comment.id }, body: { decision } }, options)
      .then(onDone)
      .catch((error: unknown) => {
        const wasEdited = isProblem(error, "version-conflict");
        const text = wasEdited ? words.edited : words.notDone(problemInWords(error));
        showToast({ id: "review", tone: "error", text });
        comments.reload();
      });
  }

  /**
   * Shows the effect at once and reloads on failure. Hiding is sent only when its undo time is over. Example: hiding
   * removes the row now and is sent when the toast closes.
   */
  function decide(comment: CommentToReview, decision: CommentDecision) {
    const isOf = ({ author }: CommentToReview) => author?.id === comment.author?.id;
    const goes = (each: CommentToReview) => each.id === comment.id || (decision === "block" && isOf(each));
    comments.change((all) => all.filter((each) => !goes(each)));
    if (decision === "hide") {
      const undo = { name: common.undo, run: comments.reload };
      showToast({ text: words.hidden, action: undo, onGone: () => send(comment, decision) });
      return;
    }
    send(comment, decision, () => {
      const text = decision === "block" ? words.blocked(nameOf(comment)) : words.approved;
      showToast({ id: "review", text });
      if (decision === "block") blocked.reload();
    });
  }

  function unblock({ id, name }: BlockedReader) {
    blocked.change((all) => all.filter((each) => each.id !== id));
    userApi
      .unblockReader({ params: { readerId: id } })
      .then(() => showToast({ id: "review", text: words.unblocked(name) }))
      .catch((error: unknown) => {
        showToast({ id: "review", tone: "error", text: words.notDone(problemInWords(error)) });
        blocked.reload();
      });
  }

  return (
    <AppFrame title={words.heading} account={<AccountMenu />}>
      <WritingSections current="comments" reviewCount={{ count: comments.items.length, more: comments.hasMore }} />
      {comments.status === "pending" && <PostsLoading label={words.loading} />}
      {comments.status === "error" && (
        <FailureState title={words.failed} error={comments.error} retry={comments.reload} />
      )}
      {comments.status === "success" && comments.items.length === 0 && (
        <EmptyState title={words.empty.title}>{words.empty.text}</EmptyState>
      )}
      {comments.items.length > 0 && (
        <ul aria-label={words.waiting} className="ledger">
          {comments.items.map((comment) => (
            <ReviewRow
              key={comment.id}
              comment={comment}
              onDecide={(decision) => (decision === "block" ? setBlocking(comment) : decide(comment, decision))}
            />
          ))}
        </ul>
      )}
      <More pages={comments} />
      <BlockedReaders pages={blocked} onUnblock={unblock} />
      <BlockDialog
        comment={blocking}
        onClose={() => setBlocking(undefined)}
        onBlock={(comment) => decide(comment, "block")}
      />
    </AppFrame>
  );
}

const nameOf = ({ author }: CommentToReview) => author?.name ?? words.unnamed;

function More<Item>({ pages: { hasMore, isLoading, more } }: { pages: Paginated<Item> }) {
  return (
    hasMore && (
      <Button className="mt-6" aria-disabled={isLoading} onClick={more}>
        {isLoading ? common.loading : words.more}
      </Button>
    )
  );
}

interface BlockedReadersProps {
  readonly pages: Paginated<BlockedReader>;
  onUnblock(reader: BlockedReader): void;
}

function BlockedReaders({ pages, onUnblock }: BlockedReadersProps) {
  if (pages.items.length === 0) return null;
  return (
    <section aria-label={words.blockedHeading} className="mt-12">
      <h2 className="mb-3 font-serif text-heading font-medium">{words.blockedHeading}</h2>
      <ul className="border-t border-rule">
        {pages.items.map((reader) => (
          <li
            key={reader.id}
            className="flex min-h-row flex-wrap items-center justify-between gap-3 border-b border-rule py-1"
          >
            <div className="min-w-0">
              <p className="font-medium wrap-anywhere">{reader.name}</p>
              <p className="text-sm text-muted">{words.blockedSince(dateInWords(reader.blockedAt))}</p>
            </div>
            <Button onClick={() => onUnblock(reader)}>{words.unblock(reader.name)}</Button>
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </section>
  );
}

interface BlockDialogProps {
  readonly comment: CommentToReview | undefined;
  onClose(): void;
  onBlock(comment: CommentToReview): void;
}

/**
 * Asks for confirmation, because blocking goes beyond this comment: a blocked reader cannot comment on any of the
 * author's posts.
 */
function BlockDialog({ comment, onClose, onBlock }: BlockDialogProps) {
  const name = comment ? nameOf(comment) : "";
  return (
    <Dialog
      open={comment !== undefined}
      onOpenChange={onClose}
      title={words.blockTitle(name)}
      description={words.blockText}
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            look="danger"
            onClick={() => {
              onClose();
              if (comment) onBlock(comment);
            }}
          >
            {words.blockNamed(name)}
          </Button>
        </>
      }
    />
  );
}
