import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reading } from "../../../../copy/reading.ts";
import { ListPage } from "../../../../features/reading/list-page.tsx";
import { pageMetadata } from "../../../../features/reading/metadata.ts";
import { PostList } from "../../../../features/reading/post-list.tsx";
import { readPosts } from "../../../../features/reading/published-posts.ts";
import { listOf } from "../../../../features/reading/scope.ts";
import { blogThings, StructuredData } from "../../../../features/reading/structured-data.tsx";

/**
 * Renders no pages at build time, because the API is not available then. Next.js needs a dynamic segment for this,
 * hence `rest`, which is always empty.
 */
export const generateStaticParams = () => [];

export const generateMetadata = (): Metadata => pageMetadata(listOf({}));

export default async function Blog({ params }: { readonly params: Promise<{ readonly rest?: readonly string[] }> }) {
  if ((await params).rest !== undefined) notFound();
  const found = await readPosts({}, 20);
  return (
    <ListPage title={reading.blogTitle} lead={reading.blogDescription}>
      <StructuredData things={blogThings(found.posts)} />
      <PostList {...found} none={reading.none} />
    </ListPage>
  );
}
