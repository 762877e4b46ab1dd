import { writingWords } from "../../../copy/writing.ts";
import { momentInWords } from "../../../lib/dates.ts";
import { PageLink } from "../../../lib/ui/link/page-link.tsx";
import { isUnsaved, type LocalDraft } from "../drafts/saving-state.ts";
import { publishedPathOf } from "../published-path.ts";

const words = writingWords.publish;

/** Shows whether and where readers can see the post. */
export function PublishStatus({ localDraft }: { localDraft: LocalDraft }) {
  const standing = localDraft.base?.standing;
  if (!standing || standing.state === "draft") return null;
  const { state, page, scheduledFor, changed } = standing;
  if (state === "scheduled") return <p>{words.scheduledFor(momentInWords(scheduledFor ?? ""))}</p>;
  return (
    <div className="space-y-1">
      {page !== null && (
        <p>
          {words.liveAt} <PageLink href={publishedPathOf(page)}>{decodeURI(publishedPathOf(page))}</PageLink>
        </p>
      )}
      {!changed && !isUnsaved(localDraft) && <p className="text-muted">{words.upToDate}</p>}
    </div>
  );
}
