import { Tag } from "@daybook/core/published/published-post";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reading } from "../../../../copy/reading.ts";
import { ListPage } from "../../../../features/reading/list-page.tsx";
import { pageMetadata } from "../../../../features/reading/metadata.ts";
import { PostList } from "../../../../features/reading/post-list.tsx";
import { readPosts } from "../../../../features/reading/published-posts.ts";
import { segment } from "../../../../features/reading/route-params.ts";
import { listOf } from "../../../../features/reading/scope.ts";

export const generateStaticParams = () => [];

type Props = { readonly params: Promise<{ readonly tag: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const scope = { tag: segment(Tag, (await params).tag) };
  return pageMetadata({ ...listOf(scope), scope });
}

export default async function TagPage({ params }: Props) {
  const scope = { tag: segment(Tag, (await params).tag) };
  const found = await readPosts(scope, 100);
  if (found.posts.length === 0) notFound();
  return (
    <ListPage title={listOf(scope).title} scope={scope}>
      <PostList {...found} none={reading.none} />
    </ListPage>
  );
}
