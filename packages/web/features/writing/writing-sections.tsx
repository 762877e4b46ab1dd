import { writingWords } from "../../copy/writing.ts";
import { LocalLink } from "../../lib/ui/link/local-link.tsx";
import type { Paginated } from "../paginated/use-paginated.ts";
import { commentsHref, postsHref } from "./url-state.ts";

const words = writingWords.sections;

const sections = [
  { href: postsHref, name: words.posts },
  { href: commentsHref, name: words.comments },
] as const;

interface WritingSectionsProps {
  readonly current: (typeof sections)[number]["href"];
  /** The comments to review, which are counted as far as they are loaded: "100+" if there are more. */
  readonly toReview: Paginated<unknown>;
}

/** Links to the sections of the writing pages. */
export const WritingSections = ({ current, toReview: { items, hasMore } }: WritingSectionsProps) => (
  <nav aria-label={words.label} className="mb-6 flex gap-6 border-b border-rule">
    {sections.map(({ href, name }) => (
      <LocalLink
        key={href}
        href={href}
        aria-current={href === current ? "page" : undefined}
        className="-mb-px flex min-h-control items-center gap-2 border-b-2 border-transparent font-medium text-muted hover:text-ink aria-[current=page]:border-margin aria-[current=page]:text-ink"
      >
        {name}
        {href === commentsHref && items.length > 0 && (
          <span className="rounded-sm bg-selected px-1.5 text-xs font-semibold text-accent tabular-nums">
            {writingWords.review.count(items.length, hasMore)}
          </span>
        )}
      </LocalLink>
    ))}
  </nav>
);
