import type { CommentToReview } from "@daybook/core/comment/comment";
import { writingWords } from "../../../copy/writing.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { PageLink } from "../../../lib/ui/link/page-link.tsx";
import { publishedPathOf } from "../published-path.ts";

const words = writingWords.review;

export type CommentDecision = "approve" | "hide" | "block";

interface ReviewRowProps {
  readonly comment: CommentToReview;
  onDecide(decision: CommentDecision): void;
}

/** A comment of a reader, with its post and the available decisions. */
export function ReviewRow({ comment, onDecide }: ReviewRowProps) {
  const { author, body, createdAt, post, state } = comment;
  return (
    <li data-testid="comment" className="py-4 pe-2 ps-[calc(var(--spacing-margin)+1rem)]">
      <p className="text-sm text-muted">
        <b dir="auto" className="font-medium text-ink">
          {author?.name ?? words.unnamed}
        </b>{" "}
        {words.on}{" "}
        <PageLink dir="auto" href={publishedPathOf(post.page)}>
          {post.title}
        </PageLink>
        , <time dateTime={createdAt}>{momentInWords(createdAt)}</time>
      </p>
      <p dir="auto" className="mt-2 max-w-prose wrap-anywhere whitespace-pre-wrap">
        {body}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        {state === "pending" && (
          <Button className="text-sm" onClick={() => onDecide("approve")}>
            {words.approve}
          </Button>
        )}
        <Button className="text-sm" onClick={() => onDecide("hide")}>
          {words.hide}
        </Button>
        {author && (
          <Button look="quiet" className="text-sm text-danger!" onClick={() => onDecide("block")}>
            {words.block}
          </Button>
        )}
      </div>
    </li>
  );
}
