import type { PostId } from "@daybook/core/ids";
import * as v from "valibot";
import type { PageListener } from "../../../lib/offline/page-events.ts";
import { perUser } from "../../../lib/offline/per-user.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { apiWithTimeout, mayAct } from "../../session/api-with-timeout.ts";
import { lastingApi } from "../../session/user-api.ts";
import { isNewDraftKey } from "../url-state.ts";
import { StoredPostId } from "./draft.ts";
import { OpenDraft } from "./open-draft.ts";
import { type LocalDraft, newLocalDraft } from "./saving-state.ts";
import {
  type DraftStore,
  draftStoreOf,
  dropDraft,
  dropRemoval,
  findDraft,
  putDraft,
  unsavedIn,
} from "./stored-drafts.ts";

/** How long signing out waits for unsaved drafts to be sent. Milliseconds. */
const flushTimeoutMs = 3000;

/** Registry of the drafts that one user has open in this tab, with the store of all drafts in this browser. */
export class OpenDrafts implements PageListener {
  readonly store: DraftStore;
  readonly #userId: string;
  readonly #open = new Map<string, OpenDraft>();
  /** Open drafts that the user sees. The others are open only until they are saved. */
  readonly #used = new Set<OpenDraft>();
  #removalTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(userId: string) {
    this.#userId = userId;
    this.store = draftStoreOf(userId);
    void this.store.loaded().then(() => this.saveUnsaved());
  }

  /**
   * Returns the name under which a post is open. A draft that began here keeps its key after it got an id: "pst_01J…"
   * gives "new-5f0c…" while it is open.
   */
  nameOf(name: string): string {
    return this.#open.values().find((openDraft) => openDraft.view().localDraft?.id === name)?.name ?? name;
  }

  /**
   * Opens a draft or returns the open one.
   * @param name the id of the post, or the draft key
   */
  openDraft(name: string): OpenDraft {
    const found = this.#open.get(name);
    if (found) return found;
    const openDraft = new OpenDraft(name, {
      store: this.store,
      api: apiWithTimeout,
      channel: `daybook.writing.${this.#userId}`,
      isOnline: () => navigator.onLine,
      isAllowed: () => mayAct(this.#userId),
    });
    this.#open.set(name, openDraft);
    return openDraft;
  }

  /**
   * Keeps a draft open until the returned function is called. That function saves the draft, and closes it if
   * everything is saved. Example: an author who leaves the editor offline leaves the draft open, so that it is
   * retried.
   */
  use(openDraft: OpenDraft): () => void {
    this.#used.add(openDraft);
    return () => {
      this.#used.delete(openDraft);
      void openDraft.flush().then(() => this.#putAway(openDraft));
    };
  }

  /**
   * Saves the unsaved drafts of earlier visits and sends due removals. The tab lock prevents two tabs from saving the
   * same draft. Example: a removal due in 4 s sets a 4 s timer.
   */
  async saveUnsaved(): Promise<void> {
    const openKeys = new Set(this.#open.values().map((openDraft) => openDraft.view().localDraft?.key));
    for (const { id, key } of unsavedIn(this.store.state())) if (!openKeys.has(key)) this.openDraft(id ?? key);
    const removals = [...this.store.state().removals.values()];
    const now = Date.now();
    // A removal that cannot be sent now stays in the store and is retried later. Example: due at 10:00:10 while the API
    // is down.
    for (const { id, dueAt } of removals) if (dueAt <= now && this.mayTry()) await this.remove(id).catch(() => {});
    const next = Math.min(...removals.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now));
    clearTimeout(this.#removalTimer);
    if (Number.isFinite(next)) this.#removalTimer = setTimeout(() => void this.saveUnsaved(), next - now);
  }

  mayTry = (): boolean => navigator.onLine && mayAct(this.#userId);

  /**
   * Deletes a post on the server and in this browser.
   * @throws errors of the API client; the draft then stays
   */
  async remove(name: string): Promise<void> {
    // Send the request within this task, because an unloading page gets no database answers.
    const sent = isNewDraftKey(name) ? undefined : removePost(v.parse(StoredPostId, name));
    await Promise.all([this.store.loaded(), sent]);
    const id = findDraft(this.store.state(), name)?.id;
    if (!sent && id !== undefined) await removePost(id);
    await this.discard(name);
    await this.store.update(dropRemoval(name));
  }

  /**
   * Copies a draft whose post is gone to a new draft and deletes the old one: "pst_01J…" becomes "new-5f0c…" with the
   * same text. Clears the slug, so that the new post gets another one.
   */
  async copy({ key, draft }: LocalDraft, newKey: string): Promise<void> {
    this.store.write(putDraft(newLocalDraft(newKey, Date.now(), { ...draft, slug: null })));
    await this.discard(key);
  }

  /** Deletes a draft from this browser, or an unreadable one after the user has seen its text. */
  async discard(name: string): Promise<void> {
    const localDraft = findDraft(this.store.state(), name);
    for (const each of [name, localDraft?.key, localDraft?.id]) {
      if (each === undefined) continue;
      this.#open.get(each)?.close();
      this.#open.delete(each);
    }
    await this.store.update(dropDraft(localDraft?.key ?? name));
  }

  refresh(): void {
    for (const openDraft of this.#open.values()) openDraft.retry();
    void this.saveUnsaved();
  }

  reload(): void {
    for (const openDraft of this.#open.values()) void openDraft.reload();
  }

  hide(): void {
    this.store.copyForUnload();
  }

  isAtRisk(): boolean {
    return !this.store.isDurable() && unsavedIn(this.store.state()).length > 0;
  }

  /**
   * Saves what can be saved, for at most `flushTimeoutMs`.
   * @returns the number of drafts that are still unsaved, including unreadable ones. Example: one conflict and one
   * unreadable draft give 2.
   */
  async flush(): Promise<number> {
    await this.store.loaded();
    const sent = Promise.all(this.#open.values().map((openDraft) => openDraft.flush()));
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, flushTimeoutMs))]);
    const state = this.store.state();
    return unsavedIn(state).length + state.unreadable.length;
  }

  /** Deletes all drafts from this browser, for signing out. */
  async forget(): Promise<void> {
    this.#closeAll();
    current.drop();
    await this.store.forget();
    this.store.close();
  }

  close(): void {
    this.#closeAll();
    this.store.close();
  }

  #closeAll(): void {
    for (const openDraft of this.#open.values()) openDraft.close();
    this.#open.clear();
    clearTimeout(this.#removalTimer);
  }

  #putAway(openDraft: OpenDraft): void {
    // An unsaved draft stays open and is retried.
    if (this.#used.has(openDraft) || openDraft.isUnsaved()) return;
    openDraft.close();
    if (this.#open.get(openDraft.name) === openDraft) this.#open.delete(openDraft.name);
  }
}

/** Deletes a post. Idempotent: ignores 404. */
async function removePost(postId: PostId): Promise<void> {
  try {
    await lastingApi.deletePost({ params: { postId } });
  } catch (error) {
    if (!isProblem(error, "post-not-found")) throw error;
  }
}

const current = perUser((userId) => new OpenDrafts(userId));

/** Returns the open drafts of a user in this tab. Closes those of the previous user. */
export const openDraftsOf = current.of;
