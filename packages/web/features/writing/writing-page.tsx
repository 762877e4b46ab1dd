"use client";

import { useEffect } from "react";
import { brand } from "../../brand.ts";
import { writingWords } from "../../copy/writing.ts";
import { AppFrame } from "../../lib/ui/app-frame.tsx";
import { onDemand, usePart } from "../../lib/ui/on-demand.ts";
import { AccountMenu } from "../session/account-menu.tsx";
import { EditorLoading } from "./editor-loading.tsx";
import { useDeskPlace } from "./place.ts";
import { PostsLoading } from "./posts-loading.tsx";
import { PostsPage } from "./posts-page.tsx";
import { useDesk } from "./use-desk.ts";

const editor = onDemand(() => import("./editor-page.tsx"));
const review = onDemand(() => import("./review-page.tsx"));

/** The writing desk of whoever is signed in: their posts, one of them, or the comments that wait for a word. */
export function WritingPage() {
  const desk = useDesk();
  const place = useDeskPlace();
  const name = place.view === "post" ? desk.nameOf(place.post) : "";
  const editing = usePart(editor, place.view === "post");
  const reviewing = usePart(review, place.view === "comments");
  useEffect(() => {
    if (place.view === "comments") document.title = `${writingWords.review.heading} · ${brand.name}`;
    if (place.view === "posts") document.title = `${writingWords.desk} · ${brand.name}`;
  }, [place.view]);

  if (place.view === "posts") return <PostsPage />;
  if (place.view === "post" && editing) return <editing.EditorPage key={name} name={name} />;
  if (place.view === "comments" && reviewing) return <reviewing.ReviewPage />;
  return (
    <AppFrame
      title={place.view === "post" ? writingWords.editor.heading : writingWords.review.heading}
      titleHidden={place.view === "post"}
      account={<AccountMenu />}
    >
      {place.view === "post" ? <EditorLoading /> : <PostsLoading label={writingWords.review.loading} />}
    </AppFrame>
  );
}
