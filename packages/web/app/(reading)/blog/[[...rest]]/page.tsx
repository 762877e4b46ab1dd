import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reading } from "../../../../copy/reading.ts";
import { ArchiveLink } from "../../../../features/reading/archive-link.tsx";
import { ListPage } from "../../../../features/reading/list-page.tsx";
import { pageMetadata } from "../../../../features/reading/metadata.ts";
import { PostList } from "../../../../features/reading/post-list.tsx";
import { readPosts } from "../../../../features/reading/published-posts.ts";
import { paths } from "../../../../features/reading/site.ts";
import { blogThings, StructuredData } from "../../../../features/reading/structured-data.tsx";

// The first request renders the page, and an event invalidates it. If an event is lost, the page expires after an hour.
export const revalidate = 3_600;

/**
 * Renders no pages at build time, because the API is not available then. Next.js needs a dynamic segment for this,
 * hence `rest`, which is always empty.
 */
export const generateStaticParams = () => [];

export const generateMetadata = (): Metadata =>
  pageMetadata({ title: reading.blogTitle, description: reading.blogDescription, path: paths.blog });

export default async function Blog({ params }: { readonly params: Promise<{ readonly rest?: readonly string[] }> }) {
  if ((await params).rest !== undefined) notFound();
  const { posts, more } = await readPosts({}, 20);
  return (
    <ListPage title={reading.blogTitle} lead={reading.blogDescription}>
      <StructuredData things={blogThings(posts)} />
      <PostList posts={posts} none={reading.none} />
      {more && <ArchiveLink />}
    </ListPage>
  );
}
