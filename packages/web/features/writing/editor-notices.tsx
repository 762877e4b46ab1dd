import { writingWords } from "../../copy/writing.ts";
import { Button } from "../../lib/ui/button.tsx";
import { Message } from "../../lib/ui/message.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import type { Manuscript } from "./manuscript.ts";
import type { ManuscriptView } from "./manuscript-view.ts";
import { deskHref, newKey } from "./place.ts";
import type { Kept } from "./saving.ts";
import { useDesk } from "./use-desk.ts";

interface EditorNoticesProps {
  readonly manuscript: Manuscript;
  readonly view: ManuscriptView;
  readonly kept: Kept;
}

/** What an author must know of, or decide about, before their text is saved. */
export function EditorNotices({ manuscript, view: { role, conflicts }, kept }: EditorNoticesProps) {
  const { trouble, theirs } = kept;
  const problem = kept.base?.standing.scheduleProblem;
  return (
    <div aria-live="polite" className="space-y-4 not-empty:mb-6">
      {role === "following" && (
        <Message kind="note">
          <p>{writingWords.elsewhere.text}</p>
          <Button className="mt-3" onClick={() => manuscript.takeOver()}>
            {writingWords.elsewhere.action}
          </Button>
        </Message>
      )}
      {role === "writing" && theirs && (
        <ConflictNotice kept={kept} theirs={theirs} conflicts={conflicts} onDecide={(how) => manuscript.decide(how)} />
      )}
      {problem && <Message kind="error">{writingWords.notPublished(problem)}</Message>}
      {trouble?.kind === "refused" && <Message kind="error">{writingWords.refused(trouble.reason)}</Message>}
      {role === "writing" && trouble?.kind === "missing" && <GoneNotice kept={kept} />}
    </div>
  );
}

function GoneNotice({ kept }: { kept: Kept }) {
  const desk = useDesk();
  const words = writingWords.missing;
  const go = (href: string) => history.pushState(null, "", href);
  async function keepAsNew() {
    const key = newKey();
    await desk.copy(kept, key);
    go(deskHref({ view: "post", post: key }));
  }
  async function discard() {
    await desk.discard(kept.key);
    go(deskHref({ view: "posts" }));
  }
  return (
    <Message kind="error">
      <p>{words.gone}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={() => void keepAsNew()}>{words.asNew}</Button>
        <Button onClick={() => void discard()}>{words.discard}</Button>
      </div>
    </Message>
  );
}
