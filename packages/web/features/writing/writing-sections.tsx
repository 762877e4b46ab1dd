import { writingWords } from "../../copy/writing.ts";
import { LocalLink } from "../../lib/ui/link/local-link.tsx";
import { type WritingUrlState, writingHref } from "./url-state.ts";
import type { Paginated } from "./use-paginated.ts";

const words = writingWords.sections;

const sections: readonly { readonly urlState: WritingUrlState; readonly name: string }[] = [
  { urlState: { view: "posts" }, name: words.posts },
  { urlState: { view: "comments" }, name: words.comments },
];

/**
 * Links to the sections of the writing pages.
 * @param toReview the comments to review, which are counted as far as they are loaded: "100+" if there are more
 */
export const WritingSections = ({
  current,
  toReview: { items, hasMore },
}: {
  current: WritingUrlState["view"];
  toReview: Paginated<unknown>;
}) => (
  <nav aria-label={words.label} className="mb-6 flex gap-6 border-b border-rule">
    {sections.map(({ urlState, name }) => (
      <LocalLink
        key={urlState.view}
        href={writingHref(urlState)}
        aria-current={urlState.view === current ? "page" : undefined}
        className="-mb-px flex min-h-control items-center gap-2 border-b-2 border-transparent font-medium text-muted hover:text-ink aria-[current=page]:border-margin aria-[current=page]:text-ink"
      >
        {name}
        {urlState.view === "comments" && items.length > 0 && (
          <span className="rounded-sm bg-selected px-1.5 text-xs font-semibold text-accent tabular-nums">
            {writingWords.review.count(items.length, hasMore)}
          </span>
        )}
      </LocalLink>
    ))}
  </nav>
);
