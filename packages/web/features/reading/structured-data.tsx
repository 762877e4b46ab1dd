import type { Author } from "@daybook/core/author/author";
import * as brand from "@daybook/core/brand";
import type { PostSummary, PublishedPost } from "@daybook/core/published/published-post";
import { reading } from "../../copy/reading.ts";
import { siteOrigin } from "../../lib/site-origin.ts";
import { DataScript } from "./data-script.tsx";
import { pictureUrl } from "./metadata.ts";
import { paths } from "./site.ts";

type Thing = { readonly "@type": string } & Readonly<Record<string, unknown>>;

/** Structured data about a page for search engines (schema.org). */
export function StructuredData({ things }: { things: readonly Thing[] }) {
  const data = { "@context": "https://schema.org", "@graph": things };
  return <DataScript type="application/ld+json" json={JSON.stringify(data)} />;
}

const person = (author: Pick<Author, "name" | "page"> & Partial<Author>): Thing => ({
  "@type": "Person",
  name: author.name,
  url: author.page,
  ...(author.bio && { description: author.bio }),
  ...(author.avatar && { image: pictureUrl(author.avatar) }),
});

const breadcrumbs = (...steps: readonly (readonly [name: string, path: string])[]): Thing => ({
  "@type": "BreadcrumbList",
  itemListElement: steps.map(([name, path], index) => ({
    "@type": "ListItem",
    position: index + 1,
    name,
    item: new URL(path, siteOrigin()).href,
  })),
});

export const blogThings = (posts: readonly PostSummary[]): Thing[] => [
  {
    "@type": "Blog",
    name: reading.blogTitle,
    description: reading.blogDescription,
    url: `${siteOrigin()}${paths.blog}`,
    publisher: { "@type": "Organization", name: brand.name, url: siteOrigin() },
    blogPost: posts.map(({ title, page, publishedAt, author }) => ({
      "@type": "BlogPosting",
      headline: title,
      url: page,
      datePublished: publishedAt,
      author: person(author),
    })),
  },
];

export const authorThings = (author: Author): Thing[] => [
  { "@type": "ProfilePage", url: author.page, mainEntity: person(author) },
  breadcrumbs([reading.blog, paths.blog], [author.name, author.page]),
];

/** @param comments the number of visible comments */
export const postThings = (post: PublishedPost, comments: number): Thing[] => [
  {
    "@type": "BlogPosting",
    headline: post.title,
    description: post.excerpt,
    url: post.page,
    mainEntityOfPage: post.page,
    datePublished: post.publishedAt,
    dateModified: post.revisedAt,
    wordCount: post.words,
    keywords: post.tags,
    commentCount: comments,
    author: person(post.author),
    publisher: { "@type": "Organization", name: brand.name, url: siteOrigin() },
    ...(post.cover && { image: pictureUrl(post.cover) }),
  },
  breadcrumbs([reading.blog, paths.blog], [post.author.name, post.author.page], [post.title, post.page]),
];
