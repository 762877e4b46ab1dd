"use client";

import * as brand from "@daybook/core/brand";
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { writingWords } from "../../copy/writing.ts";
import { AppFrame } from "../../lib/ui/layout/app-frame.tsx";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { AccountMenu } from "../session/account-menu.tsx";
import { useOpenDrafts } from "./drafts/use-open-drafts.ts";
import { EditorLoading } from "./editor/editor-loading.tsx";
import { PostsLoading } from "./posts/posts-loading.tsx";
import { PostsPage } from "./posts/posts-page.tsx";

const editor = onDemand(() => import("./editor/editor-page.tsx"));
const review = onDemand(() => import("./review/review-page.tsx"));

/** Writing pages of the signed-in user: their posts, one post, or the comments to review. */
export function WritingPage() {
  const openDrafts = useOpenDrafts();
  const query = useSearchParams();
  const post = query.get("post");
  const isReview = post === null && query.get("view") === "comments";
  const editing = usePart(editor, post !== null);
  const reviewing = usePart(review, isReview);
  useEffect(() => {
    if (post === null)
      document.title = `${isReview ? writingWords.review.heading : writingWords.title} · ${brand.name}`;
  }, [post, isReview]);

  if (post !== null) {
    const name = openDrafts.nameOf(post);
    if (editing) return <editing.EditorPage key={name} name={name} />;
    return (
      <AppFrame title={writingWords.editor.heading} titleHidden account={<AccountMenu />}>
        <EditorLoading />
      </AppFrame>
    );
  }
  if (!isReview) return <PostsPage />;
  if (reviewing) return <reviewing.ReviewPage />;
  return (
    <AppFrame title={writingWords.review.heading} account={<AccountMenu />}>
      <PostsLoading label={writingWords.review.loading} />
    </AppFrame>
  );
}
