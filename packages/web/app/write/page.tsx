import "../../features/markdown/prose.css";
import type { Metadata } from "next";
import { writingWords } from "../../copy/writing.ts";
import { SessionGate } from "../../features/session/session-gate.tsx";
import { PostsLoading } from "../../features/writing/posts/posts-loading.tsx";
import { WritingPage } from "../../features/writing/writing-page.tsx";

export const metadata: Metadata = { title: writingWords.title };

export default function Write() {
  return (
    <SessionGate title={writingWords.posts.heading} loading={<PostsLoading />}>
      <WritingPage />
    </SessionGate>
  );
}
