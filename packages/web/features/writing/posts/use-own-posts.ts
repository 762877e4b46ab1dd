import type { PostEntry } from "@daybook/core/post/post";
import { useEffect, useRef, useState } from "react";
import { common } from "../../../copy/common.ts";
import { writingWords } from "../../../copy/writing.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { usePaginated } from "../../paginated/use-paginated.ts";
import { userApi } from "../../session/user-api.ts";
import type { DraftStatus } from "../drafts/draft.ts";
import { isStuck, type LocalDraft } from "../drafts/saving-state.ts";
import { dropRemoval, putRemoval, unsavedIn } from "../drafts/stored-drafts.ts";
import { useOpenDrafts, useStoredDrafts } from "../drafts/use-open-drafts.ts";

/**
 * A post in the list: a server post, with this browser's unsaved changes if there are any, or a draft that only this
 * browser has. Example: the title "Oats" typed here replaces the server's "Milk".
 */
export interface ShownPost {
  /** The id of the post, or the draft key. */
  readonly name: string;
  readonly title: string;
  readonly standing: Omit<DraftStatus, "version">;
  /** ISO 8601. */
  readonly updatedAt: string;
  /**
   * Whether the API lacks changes: `waiting` until they are sent, `stuck` until the author decides, for example on a
   * conflict.
   */
  readonly unsaved: false | "waiting" | "stuck";
}

/**
 * Returns the author's posts, newest first, below the unsaved drafts that the loaded pages do not contain. Example: a
 * draft begun offline is the first entry.
 */
export function useOwnPosts() {
  const { items, ...pages } = usePaginated<PostEntry>(userApi.listMyPosts);
  const unsaved = unsavedIn(useStoredDrafts());
  const { hidden, remove } = useRemovals();
  const { reload } = pages;
  const before = useRef(0);
  useEffect(() => {
    // A draft was saved, so fetch its new entry from the API.
    if (unsaved.length < before.current) reload();
    before.current = unsaved.length;
  }, [reload, unsaved.length]);
  const posts = shownPosts(items, unsaved).filter(({ name }) => !hidden.includes(name));
  return { pages, posts, remove };
}

function shownPosts(items: readonly PostEntry[], unsaved: readonly LocalDraft[]): ShownPost[] {
  const local = new Map<string, LocalDraft>(unsaved.map((localDraft) => [localDraft.id ?? localDraft.key, localDraft]));
  const loaded = items.map((item) => shownPost(item.id, local.get(item.id), item));
  for (const { id } of items) local.delete(id);
  return [...[...local].map(([name, localDraft]) => shownPost(name, localDraft)), ...loaded];
}

const unknown: ShownPost["standing"] = {
  ...{ state: "draft", changed: false, page: null, scheduledFor: null, scheduleProblem: null, publishedAt: null },
};

const shownPost = (name: string, localDraft?: LocalDraft, item?: PostEntry): ShownPost => ({
  name,
  title: (localDraft?.draft ?? item)?.title.trim() || writingWords.untitled,
  standing: localDraft?.base?.standing ?? item ?? unknown,
  updatedAt: localDraft ? new Date(localDraft.editedAt).toISOString() : (item?.updatedAt ?? ""),
  unsaved: localDraft ? (isStuck(localDraft) ? "stuck" : "waiting") : false,
});

/**
 * How long a deletion can be undone. Milliseconds. If the page is left before, the next visit deletes the post.
 * Example: deleted at 10:00:00, undoable until 10:00:10.
 */
const undoMs = 10_000;

function useRemovals() {
  const openDrafts = useOpenDrafts();
  const { store } = openDrafts;
  const [hidden, setHidden] = useState<readonly string[]>([]);
  useEffect(() => {
    void store.loaded().then(() => setHidden([...store.state().removals.keys()]));
  }, [store]);

  function remove({ name, title }: ShownPost) {
    const undo = () => {
      setHidden((names) => names.filter((each) => each !== name));
      void store.update(dropRemoval(name));
    };
    setHidden((names) => [...names, name]);
    store.write(putRemoval({ id: name, title, dueAt: Date.now() + undoMs }));
    showToast({
      text: writingWords.posts.removed(title),
      action: { name: common.undo, run: undo },
      onGone: () => {
        openDrafts.remove(name).catch((error: unknown) => {
          // Without a network, the next visit retries.
          if (!openDrafts.mayTry()) return;
          undo();
          showToast({ tone: "error", text: writingWords.posts.notRemoved(title, problemInWords(error)) });
        });
      },
    });
  }
  return { hidden, remove };
}
