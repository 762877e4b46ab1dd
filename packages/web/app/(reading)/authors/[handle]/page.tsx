import { Handle } from "@daybook/core/author/author";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reading } from "../../../../copy/reading.ts";
import { Avatar } from "../../../../features/reading/byline.tsx";
import { ListPage } from "../../../../features/reading/list-page.tsx";
import { authorMetadata } from "../../../../features/reading/metadata.ts";
import { PostList } from "../../../../features/reading/post-list.tsx";
import { findAuthor, readPosts } from "../../../../features/reading/published-posts.ts";
import { segment } from "../../../../features/reading/route-params.ts";
import { authorThings, StructuredData } from "../../../../features/reading/structured-data.tsx";

export const generateStaticParams = () => [];

type Props = { readonly params: Promise<{ readonly handle: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const author = await findAuthor(segment(Handle, (await params).handle));
  return author ? authorMetadata(author) : {};
}

/**
 * Renders `/@handle`. `next.config.ts` rewrites that URL to this route, because Next.js reserves folder names that
 * start with @.
 */
export default async function AuthorPage({ params }: Props) {
  const handle = segment(Handle, (await params).handle);
  const [author, found] = await Promise.all([findAuthor(handle), readPosts({ author: handle }, 100)]);
  if (!author) notFound();
  return (
    <ListPage title={author.name} lead={author.bio} beside={<Avatar {...author} large />} scope={{ author: handle }}>
      <StructuredData things={authorThings(author)} />
      <PostList {...found} none={reading.noneByAuthor(author.name)} authors={false} />
    </ListPage>
  );
}
