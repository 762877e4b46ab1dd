import type { PostEntry } from "@daybook/core/post/post";
import { useEffect, useMemo, useRef, useState } from "react";
import { common } from "../../../copy/common.ts";
import { writingWords } from "../../../copy/writing.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { userApi } from "../../session/user-api.ts";
import type { Draft, DraftStatus } from "../drafts/draft.ts";
import { isStuck, type LocalDraft } from "../drafts/saving-state.ts";
import { useOpenDrafts, useUnsaved } from "../drafts/use-open-drafts.ts";
import { type Paginated, usePaginated } from "../use-paginated.ts";

/** A post in the list: as the API has it, or as this browser keeps it. */
export interface ShownPost {
  /** Its id, or its key in this browser. */
  readonly name: string;
  readonly title: string;
  readonly standing: Pick<
    DraftStatus,
    "state" | "changed" | "page" | "scheduledFor" | "scheduleProblem" | "publishedAt"
  >;
  /** In ISO 8601. */
  readonly updatedAt: string;
  /** Whether the API does not have all of it: yet, or until its author has decided something. */
  readonly unsaved: false | "waiting" | "stuck";
}

const readPage = (cursor: string | undefined) => userApi.listMyPosts({ query: { ...(cursor && { cursor }) } });

/** The person's posts, newest first: those of this browser that are not saved yet among them. */
export function useOwnPosts(): Omit<Paginated<PostEntry>, "items" | "change"> & {
  readonly posts: readonly ShownPost[];
  /** Deletes a post, with a toast that brings it back. */
  remove(post: ShownPost): void;
} {
  const { items, change, ...pages } = usePaginated<PostEntry>(readPage);
  const unsaved = useUnsaved();
  const { hidden, remove } = useRemovals();
  const posts = useMemo(() => {
    const shown = shownPosts(items, unsaved);
    return shown.filter(({ name }) => !hidden.has(name));
  }, [items, unsaved, hidden]);
  const { reload } = pages;
  const before = useRef(0);
  useEffect(() => {
    // What was saved just now is another entry of the API's.
    if (unsaved.length < before.current) reload();
    before.current = unsaved.length;
  }, [reload, unsaved.length]);
  return { ...pages, posts, remove };
}

function shownPosts(items: readonly PostEntry[], unsaved: readonly LocalDraft[]): ShownPost[] {
  const local = new Map(unsaved.map((localDraft) => [localDraft.id ?? localDraft.key, localDraft]));
  const fresh = unsaved.filter(({ id }) => !items.some((item) => item.id === id));
  return [
    ...fresh.map((localDraft) =>
      shownOf(localDraft.id ?? localDraft.key, localDraft.draft, localDraft.base?.standing, localDraft),
    ),
    ...items.map((item) => {
      const localDraft = local.get(item.id);
      return shownOf(
        item.id,
        localDraft?.draft ?? item,
        localDraft?.base?.standing ?? item,
        localDraft,
        item.updatedAt,
      );
    }),
  ];
}

const unknown: ShownPost["standing"] = {
  ...{ state: "draft", changed: false, page: null, scheduledFor: null, scheduleProblem: null, publishedAt: null },
};

function shownOf(
  name: string,
  { title }: Pick<Draft, "title">,
  standing: ShownPost["standing"] = unknown,
  localDraft: LocalDraft | undefined,
  updatedAt = "",
): ShownPost {
  const at = localDraft ? new Date(localDraft.editedAt).toISOString() : updatedAt;
  const unsaved = localDraft ? (isStuck(localDraft) ? "stuck" : "waiting") : false;
  return { name, title: title.trim() || writingWords.untitled, standing, updatedAt: at, unsaved };
}

/** So long a deletion can be taken back, even if the page is left before: the next visit carries it out. */
const undoMs = 10_000;

function useRemovals() {
  const openDrafts = useOpenDrafts();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const hide = (name: string) => setHidden((names) => new Set([...names, name]));
  const show = (name: string) => setHidden((names) => new Set([...names].filter((each) => each !== name)));
  useEffect(() => {
    void openDrafts.store.removals().then((removals) => setHidden(new Set(removals.map(({ id }) => id))));
  }, [openDrafts]);

  function remove({ name, title }: ShownPost) {
    hide(name);
    void openDrafts.store.keepRemoval({ id: name, title, dueAt: Date.now() + undoMs });
    showToast({
      text: writingWords.posts.removed(title),
      action: {
        name: common.undo,
        run: () => {
          show(name);
          void openDrafts.store.dropRemoval(name);
        },
      },
      onGone: () => {
        openDrafts.remove(name).catch((error: unknown) => {
          // Without a network the next visit tries again.
          if (!openDrafts.mayTry()) return;
          show(name);
          void openDrafts.store.dropRemoval(name);
          showToast({ tone: "error", text: writingWords.posts.notRemoved(title, problemInWords(error)) });
        });
      },
    });
  }
  return { hidden, remove };
}
