import { writingWords } from "../../../copy/writing.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Message } from "../../../lib/ui/message.tsx";
import type { OpenDraft } from "../drafts/open-draft.ts";
import type { OpenDraftView } from "../drafts/open-draft-view.ts";
import type { LocalDraft } from "../drafts/saving-state.ts";
import { useOpenDrafts } from "../drafts/use-open-drafts.ts";
import { newDraftKey, postHref, postsHref } from "../url-state.ts";
import { ConflictNotice } from "./conflict-notice.tsx";

interface EditorNoticesProps {
  readonly openDraft: OpenDraft;
  readonly view: OpenDraftView;
  readonly localDraft: LocalDraft;
}

/** Messages that the author must see or act on before the text is saved. */
export function EditorNotices({ openDraft, view: { role }, localDraft }: EditorNoticesProps) {
  const { trouble, theirs } = localDraft;
  const problem = localDraft.base?.standing.scheduleProblem;
  return (
    <div aria-live="polite" className="space-y-4 not-empty:mb-6">
      {role === "following" && (
        <Message kind="note">
          <p>{writingWords.elsewhere.text}</p>
          <Button className="mt-3" onClick={() => openDraft.takeOver()}>
            {writingWords.elsewhere.action}
          </Button>
        </Message>
      )}
      {role === "writing" && theirs && (
        <ConflictNotice localDraft={localDraft} theirs={theirs} onDecide={openDraft.decide} />
      )}
      {problem && <Message kind="error">{writingWords.notPublished(problem)}</Message>}
      {trouble?.kind === "refused" && <Message kind="error">{writingWords.refused(trouble.reason)}</Message>}
      {role === "writing" && trouble?.kind === "missing" && <GoneNotice localDraft={localDraft} />}
    </div>
  );
}

function GoneNotice({ localDraft }: { localDraft: LocalDraft }) {
  const openDrafts = useOpenDrafts();
  const words = writingWords.missing;
  const go = (href: string) => history.pushState(null, "", href);
  async function keepAsNew() {
    const key = newDraftKey();
    await openDrafts.copy(localDraft, key);
    go(postHref(key));
  }
  async function discard() {
    await openDrafts.discard(localDraft.key);
    go(postsHref);
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
