import type { Heading } from "@daybook/core/markdown/headings";
import { reading } from "../../copy/reading.ts";

/** The minimum number of headings for a table of contents. */
const fewest = 3;

/** Whether a text with these headings has a table of contents. */
export const hasContents = (headings: readonly Heading[]) => headings.length >= fewest;

/** The table of contents of a post, beside the text on wide screens. */
export function Contents({ headings }: { headings: readonly Heading[] }) {
  return (
    <nav aria-label={reading.contents} className="reading-contents">
      <p className="mb-3 text-sm font-semibold text-muted">{reading.contents}</p>
      <ol className="space-y-2 text-sm">
        {headings.map(({ id, text, level }) => (
          <li key={id} className={level > 2 ? "pl-4" : undefined}>
            <a href={`#${id}`} className="rounded-sm text-muted wrap-anywhere hover:text-accent">
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
