import type { Heading } from "@daybook/core/markdown/headings";
import type { RenderedArticle } from "@daybook/core/markdown/rendered";
import type { PublishedPost } from "@daybook/core/published/published-post";
import clsx from "clsx";
import type { ReactNode } from "react";
import { reading } from "../../copy/reading.ts";
import { PageLink } from "../../lib/ui/link/page-link.tsx";
import { Picture } from "../../lib/ui/picture.tsx";
import { AuthorLink, Avatar, Day } from "./byline.tsx";
import { paths } from "./site.ts";

interface PostArticleProps {
  readonly post: PublishedPost;
  readonly article: RenderedArticle;
  /** The comments. */
  readonly children: ReactNode;
}

/** The minimum number of headings for a table of contents. */
const fewestHeadings = 3;

/** A post in one column. On wide screens, the table of contents is beside it. */
export function PostArticle({ post, article, children }: PostArticleProps) {
  const withContents = article.headings.length >= fewestHeadings;
  return (
    <div className={clsx("reading-columns", withContents && "has-contents")}>
      <article className="reading-text">
        <PostHeader post={post} />
        {post.cover && (
          <Picture
            picture={post.cover}
            alt={post.coverAlt}
            sizes="(min-width: 46rem) 42rem, 100vw"
            eager
            className="picture-natural mt-8 rounded-lg"
          />
        )}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the renderer has sanitized this HTML. */}
        <div className="prose mt-10" dangerouslySetInnerHTML={{ __html: article.html }} />
        <footer className="mt-12 space-y-10">
          {post.tags.length > 0 && <Tags tags={post.tags} />}
          {post.canonicalUrl && (
            <p className="text-sm text-muted">
              {reading.originally}{" "}
              <a href={post.canonicalUrl} rel="ugc noopener" className="rounded-sm text-accent underline wrap-anywhere">
                {new URL(post.canonicalUrl).host}
              </a>
            </p>
          )}
          <AboutAuthor author={post.author} />
        </footer>
      </article>
      {withContents && <Contents headings={article.headings} />}
      <div className="reading-text mt-16">{children}</div>
    </div>
  );
}

function PostHeader({ post }: { post: PublishedPost }) {
  const revised = post.revisedAt.slice(0, 10) !== post.publishedAt.slice(0, 10);
  return (
    <header>
      <h1
        dir="auto"
        className="font-serif text-[clamp(2.125rem,1.6rem+2.4vw,3.25rem)] leading-[1.1] font-medium tracking-tight wrap-anywhere"
      >
        {post.title}
      </h1>
      <div className="mt-6 flex items-center gap-3 text-sm text-muted">
        <Avatar {...post.author} />
        <div>
          <p>
            <AuthorLink {...post.author} />
          </p>
          <p className="flex flex-wrap gap-x-3">
            <Day moment={post.publishedAt} />
            <span>{reading.minutes(post.readingMinutes)}</span>
            {revised && (
              <span>
                {reading.revised} <Day moment={post.revisedAt} />
              </span>
            )}
          </p>
        </div>
      </div>
    </header>
  );
}

/** The table of contents, beside the text on wide screens. */
const Contents = ({ headings }: { headings: readonly Heading[] }) => (
  <nav aria-label={reading.contents} className="reading-contents">
    <p className="mb-3 text-sm font-semibold text-muted">{reading.contents}</p>
    <ol className="space-y-2 text-sm">
      {headings.map(({ id, text, level }) => (
        <li key={id} className={level > 2 ? "ps-4" : undefined}>
          <a href={`#${id}`} dir="auto" className="block rounded-sm text-muted wrap-anywhere hover:text-accent">
            {text}
          </a>
        </li>
      ))}
    </ol>
  </nav>
);

/** The tags of a post. Each links to all posts with that tag. */
const Tags = ({ tags }: { tags: readonly string[] }) => (
  <ul aria-label={reading.tags} className="flex flex-wrap gap-2 text-sm">
    {tags.map((tag) => (
      <li key={tag}>
        <a
          href={paths.tag(tag)}
          rel="tag"
          dir="auto"
          className="inline-flex min-h-8 items-center rounded-md border border-edge px-3 text-muted hover:border-accent hover:text-accent"
        >
          {tag}
        </a>
      </li>
    ))}
  </ul>
);

function AboutAuthor({ author }: Pick<PublishedPost, "author">) {
  return (
    <section aria-label={reading.aboutAuthor} className="flex gap-5 border-y border-rule py-8">
      <Avatar {...author} />
      <div className="min-w-0">
        <p dir="auto" className="font-serif text-lead font-medium">
          {author.name}
        </p>
        {author.bio && (
          <p dir="auto" className="mt-1 text-muted wrap-anywhere">
            {author.bio}
          </p>
        )}
        <p className="mt-3 print:hidden">
          <PageLink href={paths.author(author.handle)}>{reading.allBy(author.name)}</PageLink>
        </p>
      </div>
    </section>
  );
}
