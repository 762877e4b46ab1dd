import { writingWords } from "../../copy/writing.ts";
import { LocalLink } from "../../lib/ui/local-link.tsx";
import { type DeskPlace, deskHref } from "./place.ts";

const words = writingWords.sections;

const sections: readonly { readonly place: DeskPlace; readonly name: string }[] = [
  { place: { view: "posts" }, name: words.posts },
  { place: { view: "comments" }, name: words.comments },
];

/** What there is at the writing desk. @param toReview how many comments wait, if it is known; `more` if there are even more */
export const DeskSections = ({
  current,
  toReview,
}: {
  current: DeskPlace["view"];
  toReview?: { readonly count: number; readonly more: boolean };
}) => (
  <nav aria-label={words.label} className="mb-6 flex gap-6 border-b border-rule">
    {sections.map(({ place, name }) => (
      <LocalLink
        key={place.view}
        href={deskHref(place)}
        aria-current={place.view === current ? "page" : undefined}
        className="-mb-px flex min-h-control items-center gap-2 border-b-2 border-transparent font-medium text-muted hover:text-ink aria-[current=page]:border-margin aria-[current=page]:text-ink"
      >
        {name}
        {place.view === "comments" && toReview !== undefined && toReview.count > 0 && (
          <span className="rounded-sm bg-selected px-1.5 text-xs font-semibold text-accent tabular-nums">
            {writingWords.review.count(toReview.count, toReview.more)}
          </span>
        )}
      </LocalLink>
    ))}
  </nav>
);
