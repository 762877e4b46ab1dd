import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reading } from "../../../../copy/reading.ts";
import { ArchiveLink } from "../../../../features/reading/archive-link.tsx";
import { ListPage } from "../../../../features/reading/list-page.tsx";
import { pageMetadata } from "../../../../features/reading/metadata.ts";
import { PostList } from "../../../../features/reading/post-list.tsx";
import { readPosts } from "../../../../features/reading/published-posts.ts";
import { tagIn } from "../../../../features/reading/route-params.ts";
import { paths } from "../../../../features/reading/site.ts";

export const revalidate = 3_600;
export const generateStaticParams = () => [];

type Props = { readonly params: Promise<{ readonly tag: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const tag = tagIn((await params).tag);
  const title = reading.tagged(tag);
  return pageMetadata({ title, description: title, path: paths.tag(tag), feeds: { tag } });
}

export default async function TagPage({ params }: Props) {
  const tag = tagIn((await params).tag);
  const { posts, more } = await readPosts({ tag }, 100);
  if (posts.length === 0) notFound();
  return (
    <ListPage title={reading.tagged(tag)} feeds={{ tag }}>
      <PostList posts={posts} none={reading.none} />
      {more && <ArchiveLink />}
    </ListPage>
  );
}
