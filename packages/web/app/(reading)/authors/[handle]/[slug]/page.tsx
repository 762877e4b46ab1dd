import { Handle } from "@daybook/core/author/author";
import { Slug } from "@daybook/core/published/published-post";
import type { Metadata } from "next";
import { notFound, permanentRedirect } from "next/navigation";
import { cache } from "react";
import { Comments } from "../../../../../features/comments/comments.tsx";
import { postMetadata } from "../../../../../features/reading/metadata.ts";
import { PostArticle } from "../../../../../features/reading/post-article.tsx";
import { articleOf, findPost, readComments } from "../../../../../features/reading/published-posts.ts";
import { ReadingFrame } from "../../../../../features/reading/reading-frame.tsx";
import { segment } from "../../../../../features/reading/route-params.ts";
import { paths } from "../../../../../features/reading/site.ts";
import { postThings, StructuredData } from "../../../../../features/reading/structured-data.tsx";

export const generateStaticParams = () => [];

type Props = { readonly params: Promise<{ readonly handle: string; readonly slug: string }> };

/** Fetches the post once per request, for the page and for its metadata. */
const postAt = cache((handle: string, slug: string) => findPost(segment(Handle, handle), segment(Slug, slug)));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { handle, slug } = await params;
  const post = await postAt(handle, slug);
  // The response of a redirect also has a body. It stays cached under the former slug after the post is unpublished, so
  // it must not contain anything about the post.
  return post?.slug === slug ? postMetadata(post) : {};
}

/** Renders `/@handle/slug`. `next.config.ts` rewrites that URL to this route. */
export default async function PostPage({ params }: Props) {
  const { handle, slug } = await params;
  const post = await postAt(handle, slug);
  if (!post) notFound();
  if (post.slug !== slug) permanentRedirect(paths.post(post.author.handle, post.slug));
  const [comments, article] = await Promise.all([readComments(post.id), articleOf(post)]);
  return (
    <ReadingFrame scope={{ author: post.author.handle }}>
      <StructuredData things={postThings(post, comments.length)} />
      <PostArticle post={post} article={article}>
        <Comments post={post} comments={comments} />
      </PostArticle>
    </ReadingFrame>
  );
}
