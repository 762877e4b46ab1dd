import { writingWords } from "../../copy/writing.ts";
import { momentInWords } from "../../lib/dates.ts";
import { PageLink } from "../../lib/ui/page-link.tsx";
import { pathOfPage } from "./page-path.ts";
import { isUnsaved, type Kept } from "./saving.ts";

const words = writingWords.publish;

/** How a post stands with its readers at the moment. */
export function PublishStanding({ kept }: { kept: Kept }) {
  const standing = kept.base?.standing;
  if (!standing || standing.state === "draft") return null;
  const { state, page, scheduledFor, changed } = standing;
  if (state === "scheduled") return <p>{words.scheduledFor(momentInWords(scheduledFor ?? ""))}</p>;
  return (
    <div className="space-y-1">
      {page !== null && (
        <p>
          {words.liveAt} <PageLink href={pathOfPage(page)}>{decodeURI(pathOfPage(page))}</PageLink>
        </p>
      )}
      {!changed && !isUnsaved(kept) && <p className="text-muted">{words.upToDate}</p>}
    </div>
  );
}
