"use client";

import { useEffect } from "react";
import { brand } from "../../brand.ts";
import { writingWords } from "../../copy/writing.ts";
import { AppFrame } from "../../lib/ui/layout/app-frame.tsx";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { AccountMenu } from "../session/account-menu.tsx";
import { useOpenDrafts } from "./drafts/use-open-drafts.ts";
import { EditorLoading } from "./editor/editor-loading.tsx";
import { PostsLoading } from "./posts/posts-loading.tsx";
import { PostsPage } from "./posts/posts-page.tsx";
import { useWritingUrlState } from "./url-state.ts";

const editor = onDemand(() => import("./editor/editor-page.tsx"));
const review = onDemand(() => import("./review/review-page.tsx"));

/** Writing pages of the signed-in user: their posts, one post, or the comments to review. */
export function WritingPage() {
  const openDrafts = useOpenDrafts();
  const urlState = useWritingUrlState();
  const name = urlState.view === "post" ? openDrafts.nameOf(urlState.post) : "";
  const editing = usePart(editor, urlState.view === "post");
  const reviewing = usePart(review, urlState.view === "comments");
  useEffect(() => {
    if (urlState.view === "comments") document.title = `${writingWords.review.heading} · ${brand.name}`;
    if (urlState.view === "posts") document.title = `${writingWords.title} · ${brand.name}`;
  }, [urlState.view]);

  if (urlState.view === "posts") return <PostsPage />;
  if (urlState.view === "post" && editing) return <editing.EditorPage key={name} name={name} />;
  if (urlState.view === "comments" && reviewing) return <reviewing.ReviewPage />;
  return (
    <AppFrame
      title={urlState.view === "post" ? writingWords.editor.heading : writingWords.review.heading}
      titleHidden={urlState.view === "post"}
      account={<AccountMenu />}
    >
      {urlState.view === "post" ? <EditorLoading /> : <PostsLoading label={writingWords.review.loading} />}
    </AppFrame>
  );
}
