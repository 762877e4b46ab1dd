import type { PostSummary } from "@daybook/core/published/published-post";
import { reading } from "../../copy/reading.ts";
import { PageLink } from "../../lib/ui/link/page-link.tsx";
import { Picture } from "../../lib/ui/picture.tsx";
import { AuthorLink, Avatar, Day } from "./byline.tsx";
import { paths } from "./site.ts";

interface PostListProps {
  readonly posts: readonly PostSummary[];
  /** Whether there are more posts, in the archive. */
  readonly more: boolean;
  /** Shown if there are no posts. */
  readonly none: string;
  /** Whether to name the author of each post. Author pages turn this off. */
  readonly authors?: boolean;
}

/** A list of posts with excerpts, newest first. */
export function PostList({ posts, more, none, authors = true }: PostListProps) {
  if (posts.length === 0) return <p className="border-s-2 border-margin py-1 ps-5 text-lead text-muted">{none}</p>;
  return (
    <>
      <ol className="border-t border-rule">
        {posts.map((post, index) => (
          <li key={post.id} className="border-b border-rule py-8 sm:py-10">
            <Entry post={post} authors={authors} first={index === 0} />
          </li>
        ))}
      </ol>
      {more && (
        <p className="mt-10">
          <PageLink href={paths.archive}>{reading.older}</PageLink>
        </p>
      )}
    </>
  );
}

function Entry({ post, authors, first }: { post: PostSummary; authors: boolean; first: boolean }) {
  const { author, cover } = post;
  return (
    <article className="grid gap-x-10 gap-y-6 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="max-w-[42rem]">
        <h2 dir="auto" className="font-serif text-heading font-medium wrap-anywhere sm:text-[1.75rem]">
          <a href={paths.post(author.handle, post.slug)} className="rounded-sm hover:text-accent">
            {post.title}
          </a>
        </h2>
        {post.excerpt && (
          <p dir="auto" className="mt-2 line-clamp-3 font-serif text-lead text-muted wrap-anywhere">
            {post.excerpt}
          </p>
        )}
        <div className="mt-4 flex items-center gap-3 text-sm text-muted">
          {authors && <Avatar {...author} />}
          <p className="flex flex-wrap gap-x-3">
            {authors && <AuthorLink {...author} />}
            <Day moment={post.publishedAt} />
            <span>{reading.minutes(post.readingMinutes)}</span>
          </p>
        </div>
      </div>
      {cover && (
        <Picture
          picture={cover}
          alt={post.coverAlt}
          sizes="(min-width: 40rem) 13rem, 100vw"
          eager={first}
          className="thumbnail"
        />
      )}
    </article>
  );
}

/** A compact list of posts: title, author and date. */
export function TitleList({ posts }: { posts: readonly PostSummary[] }) {
  return (
    <ol className="ledger">
      {posts.map((post) => (
        <li
          key={post.id}
          className="flex flex-wrap items-baseline gap-x-4 py-3 pe-2 ps-[calc(var(--spacing-margin)+1rem)]"
        >
          <a
            href={paths.post(post.author.handle, post.slug)}
            dir="auto"
            className="grow rounded-sm font-serif text-lead font-medium wrap-anywhere hover:text-accent"
          >
            {post.title}
          </a>
          <span className="flex flex-wrap gap-x-3 text-sm text-muted">
            <AuthorLink {...post.author} />
            <Day moment={post.publishedAt} />
          </span>
        </li>
      ))}
    </ol>
  );
}
