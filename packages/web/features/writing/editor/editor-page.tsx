import * as brand from "@daybook/core/brand";
import { Keyboard } from "lucide-react";
import { useEffect, useState } from "react";
import { writingWords } from "../../../copy/writing.ts";
import { Button, IconButton } from "../../../lib/ui/button.tsx";
import { EmptyState } from "../../../lib/ui/empty-state.tsx";
import { FailureState } from "../../../lib/ui/failure-state.tsx";
import { AppFrame } from "../../../lib/ui/layout/app-frame.tsx";
import { LocalLink } from "../../../lib/ui/link/local-link.tsx";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";
import { AccountMenu } from "../../session/account-menu.tsx";
import { isUnsaved, type LocalDraft } from "../drafts/saving-state.ts";
import { useOpenDraft } from "../drafts/use-open-drafts.ts";
import { PublishDialog } from "../publishing/publish-dialog.tsx";
import { postHref, postsHref } from "../url-state.ts";
import { EditorLoading } from "./editor-loading.tsx";
import { PostEditor } from "./post-editor.tsx";
import { SaveMark } from "./save-mark.tsx";
import { ShortcutsHelp } from "./shortcuts-help.tsx";

const words = writingWords.editor;

/**
 * Page for editing one post.
 * @param name the id of the post, or the draft key
 */
export function EditorPage({ name }: { name: string }) {
  const { openDraft, view } = useOpenDraft(name);
  const { localDraft, failure, role } = view;
  const [helpOpen, setHelpOpen] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const title = localDraft?.draft.title.trim() || writingWords.untitled;
  const id = localDraft?.id;
  const help = () => setHelpOpen(true);
  useShortcuts({ "?": help, "/": help });
  useEffect(() => {
    document.title = `${title} · ${brand.name}`;
  }, [title]);
  useEffect(() => {
    // Put the id into the address once there is one: it works in every browser, and the draft key only in this one.
    // Example: "?post=new-5f0c…" becomes "?post=pst_01J…".
    if (id !== undefined && id !== name) history.replaceState(null, "", postHref(id));
  }, [id, name]);

  return (
    <AppFrame
      title={title}
      titleHidden
      sync={
        <>
          {localDraft && <SaveMark view={view} onRetry={() => openDraft.retry()} />}
          <IconButton label={words.help} onClick={help} className="max-sm:hidden pointer-coarse:hidden">
            <Keyboard aria-hidden className="size-5" />
          </IconButton>
        </>
      }
      account={<AccountMenu />}
    >
      <div className="mb-2 flex min-h-control flex-wrap items-center justify-between gap-3">
        <LocalLink
          href={postsHref}
          className="rounded-sm font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
        >
          {words.back}
        </LocalLink>
        {localDraft && (
          <Button look="primary" disabled={role !== "writing"} onClick={() => setPublishing(true)}>
            {publishingOf(localDraft)}
          </Button>
        )}
      </div>
      {localDraft ? (
        <PostEditor openDraft={openDraft} view={view} localDraft={localDraft} onPublish={() => setPublishing(true)} />
      ) : failure === "missing" ? (
        <EmptyState title={writingWords.missing.title}>{writingWords.missing.text}</EmptyState>
      ) : failure === undefined ? (
        <EditorLoading />
      ) : (
        <FailureState title={words.failed} error={failure} retry={() => openDraft.retry()} />
      )}
      {localDraft && publishing && (
        <PublishDialog openDraft={openDraft} localDraft={localDraft} onClose={() => setPublishing(false)} />
      )}
      <ShortcutsHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </AppFrame>
  );
}

/** Returns the name of the button that opens the publish dialog. */
function publishingOf(localDraft: LocalDraft): string {
  const { state, changed } = localDraft.base?.standing ?? { state: "draft", changed: false };
  if (state === "draft") return words.publish;
  return state === "published" && (changed || isUnsaved(localDraft)) ? words.publishChanges : words.settings;
}
