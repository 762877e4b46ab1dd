import { Keyboard } from "lucide-react";
import { useEffect, useState } from "react";
import { brand } from "../../brand.ts";
import { writingWords } from "../../copy/writing.ts";
import { AppFrame } from "../../lib/ui/app-frame.tsx";
import { Button, IconButton } from "../../lib/ui/button.tsx";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import { FailureState } from "../../lib/ui/failure-state.tsx";
import { LocalLink } from "../../lib/ui/local-link.tsx";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import { AccountMenu } from "../session/account-menu.tsx";
import { EditorLoading } from "./editor-loading.tsx";
import { deskHref } from "./place.ts";
import { PostEditor } from "./post-editor.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { SaveMark } from "./save-mark.tsx";
import { ShortcutsHelp } from "./shortcuts-help.tsx";
import { useManuscript } from "./use-desk.ts";

const words = writingWords.editor;

/** One post while it is written. @param name its id, or its key in this browser */
export function EditorPage({ name }: { name: string }) {
  const { manuscript, view } = useManuscript(name);
  const { kept, failure, role } = view;
  const [helpOpen, setHelpOpen] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const title = kept?.draft.title.trim() || writingWords.untitled;
  const id = kept?.id;
  const help = () => setHelpOpen(true);
  useShortcuts({ "?": help, "/": help });
  useEffect(() => {
    document.title = `${title} · ${brand.name}`;
  }, [title]);
  useEffect(() => {
    // The API's name of a post outlives this browser, the key that it had before does not.
    if (id !== undefined && id !== name) history.replaceState(null, "", deskHref({ view: "post", post: id }));
  }, [id, name]);

  return (
    <AppFrame
      title={title}
      titleHidden
      sync={
        <>
          {kept && <SaveMark view={view} onRetry={() => manuscript.retry()} />}
          <IconButton label={words.help} onClick={help} className="max-sm:hidden">
            <Keyboard aria-hidden className="size-5" />
          </IconButton>
        </>
      }
      account={<AccountMenu />}
    >
      <div className="mb-2 flex min-h-control flex-wrap items-center justify-between gap-3">
        <LocalLink
          href={deskHref({ view: "posts" })}
          className="rounded-sm font-semibold text-accent underline underline-offset-4 hover:text-accent-strong"
        >
          {words.back}
        </LocalLink>
        {kept && (
          <Button look="primary" disabled={role !== "writing"} onClick={() => setPublishing(true)}>
            {kept.base?.standing.state === "published" || kept.base?.standing.state === "scheduled"
              ? words.settings
              : words.publish}
          </Button>
        )}
      </div>
      {kept ? (
        <PostEditor manuscript={manuscript} view={view} kept={kept} onPublish={() => setPublishing(true)} />
      ) : failure === "missing" ? (
        <EmptyState title={writingWords.missing.title}>{writingWords.missing.text}</EmptyState>
      ) : failure === undefined ? (
        <EditorLoading />
      ) : (
        <FailureState title={words.failed} error={failure} retry={() => manuscript.retry()} />
      )}
      {kept && publishing && <PublishDialog manuscript={manuscript} kept={kept} onClose={() => setPublishing(false)} />}
      <ShortcutsHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </AppFrame>
  );
}
