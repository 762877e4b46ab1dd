import type { BlockedReader, CommentToReview } from "@daybook/core/comment/comment";
import { useState } from "react";
import { common } from "../../../copy/common.ts";
import { writingWords } from "../../../copy/writing.ts";
import { dateInWords } from "../../../lib/dates.ts";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { AppFrame } from "../../../lib/ui/layout/app-frame.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { More } from "../../paginated/more.tsx";
import { type Paginated, usePaginated } from "../../paginated/use-paginated.ts";
import { AccountMenu } from "../../session/account-menu.tsx";
import { lastingApi, userApi } from "../../session/user-api.ts";
import { PaginatedList } from "../paginated-list.tsx";
import { commentsHref } from "../url-state.ts";
import { WritingSections } from "../writing-sections.tsx";
import { type CommentDecision, ReviewRow } from "./review-row.tsx";
import { useCommentsToReview, useReceivedComments } from "./use-comments-to-review.ts";

const words = writingWords.review;

/** Comments on the author's posts: those that wait for review, and those that readers see; and the blocked readers. */
export function ReviewPage() {
  const toReview = useCommentsToReview();
  const received = useReceivedComments();
  const blocked = usePaginated<BlockedReader>(userApi.listBlockedReaders);
  const [blocking, setBlocking] = useState<CommentToReview>();

  /** Shows the effect at once. Hiding is sent only when its undo time is over, which is when the toast closes. */
  function decide(comment: CommentToReview, decision: CommentDecision) {
    const { id, postId, state, version } = comment;
    const shown = state === "pending" ? toReview : received;
    // Blocking hides only this comment. The reader's other comments still wait for a decision.
    shown.change((all) => all.filter((each) => each.id !== id));
    // An approval names the version that the author read. Hiding and blocking apply to any version. Example: approving
    // version 1 fails if the reader has changed the comment to version 2.
    const options = decision === "approve" ? { ifMatch: version } : {};
    const send = () => lastingApi.decideComment({ params: { postId, commentId: id }, body: { decision } }, options);
    // The index that lists the latest comments is eventually consistent, so the approved comment is added here.
    const approve = () => send().then(({ data }) => received.change((all) => [{ ...comment, ...data }, ...all]));
    if (decision === "approve") settle(approve(), words.approved, shown.reload);
    else if (decision === "block") settle(send().then(blocked.reload), words.blocked(nameOf(comment)), shown.reload);
    else
      showToast({
        text: words.hidden,
        action: { name: common.undo, run: shown.reload },
        onGone: () => settle(send(), undefined, shown.reload),
      });
  }

  const rowsOf = ({ items }: typeof received) =>
    items.map((comment) => (
      <ReviewRow
        key={comment.id}
        comment={comment}
        onDecide={(decision) => (decision === "block" ? setBlocking(comment) : decide(comment, decision))}
      />
    ));
  return (
    <AppFrame title={words.heading} account={<AccountMenu />}>
      <WritingSections current={commentsHref} toReview={toReview} />
      <PaginatedList pages={toReview} words={words}>
        {rowsOf(toReview)}
      </PaginatedList>
      {received.items.length > 0 && (
        <section aria-label={words.received} className="mt-12">
          <h2 className="mb-3 font-serif text-heading font-medium">{words.received}</h2>
          <PaginatedList pages={received} words={{ ...words, list: words.received }}>
            {rowsOf(received)}
          </PaginatedList>
        </section>
      )}
      <BlockedReaders pages={blocked} />
      <BlockDialog
        comment={blocking}
        onClose={() => setBlocking(undefined)}
        onBlock={(comment) => decide(comment, "block")}
      />
    </AppFrame>
  );
}

/** Tells the outcome of a request whose effect is already shown, and reloads the shown items if it failed. */
function settle(request: Promise<unknown>, done: string | undefined, reload: () => void): void {
  request
    .then(() => done && showToast({ id: "review", text: done }))
    .catch((error: unknown) => {
      const wasEdited = isProblem(error, "version-conflict");
      const text = wasEdited ? words.edited : words.notDone(problemInWords(error));
      showToast({ id: "review", tone: "error", text });
      reload();
    });
}

const nameOf = ({ author }: CommentToReview) => author?.name ?? words.unnamed;

function BlockedReaders({ pages }: { pages: Paginated<BlockedReader> }) {
  function unblock({ id, name }: BlockedReader) {
    pages.change((all) => all.filter((each) => each.id !== id));
    settle(userApi.unblockReader({ params: { readerId: id } }), words.unblocked(name), pages.reload);
  }

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
              <p dir="auto" className="font-medium wrap-anywhere">
                {reader.name}
              </p>
              <p className="text-sm text-muted">{words.blockedSince(dateInWords(reader.blockedAt))}</p>
            </div>
            <Button onClick={() => unblock(reader)}>{words.unblock(reader.name)}</Button>
          </li>
        ))}
      </ul>
      <More pages={pages} name={words.more} />
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
