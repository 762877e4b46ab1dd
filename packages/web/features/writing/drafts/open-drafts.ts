import type { PostId } from "@daybook/core/ids";
import * as v from "valibot";
import { isProblem } from "../../../lib/problem-words.ts";
import type { Unreadable } from "../../../lib/stored.ts";
import { apiWithTimeout, mayAct } from "../../session/api-with-timeout.ts";
import { lastingApi } from "../../session/user-api.ts";
import { isNewDraftKey } from "../url-state.ts";
import { StoredPostId } from "./draft.ts";
import { DraftStore } from "./draft-store.ts";
import { OpenDraft } from "./open-draft.ts";
import type { DraftMessage, OpenDraftPorts } from "./open-draft-view.ts";
import { asNewDraft, isUnsaved, type LocalDraft } from "./saving-state.ts";
import { draftTabLock } from "./tab-lock.ts";

/** How long signing out waits for unsaved drafts to be sent. Milliseconds. */
const flushTimeoutMs = 3000;

/** Registry of the drafts that one user has open in this tab, with the store of all drafts in this browser. */
export class OpenDrafts {
  readonly userId: string;
  readonly store: DraftStore;
  readonly #channel: BroadcastChannel;
  readonly #open = new Map<string, { readonly openDraft: OpenDraft; users: number }>();
  readonly #listeners = new Set<() => void>();
  #unsaved: readonly LocalDraft[] = [];
  #unreadable: readonly Unreadable[] = [];
  #removalTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(userId: string) {
    this.userId = userId;
    this.store = new DraftStore(userId);
    this.#channel = new BroadcastChannel(`daybook.writing.${userId}`);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<DraftMessage>) => {
      for (const { openDraft } of this.#open.values()) openDraft.onMessage(data);
      void this.#refresh();
    });
    void this.store.tidy().then(() => this.saveUnsaved());
  }

  /** Drafts with changes that the API does not have. */
  readonly unsaved = (): readonly LocalDraft[] => this.#unsaved;
  /** Drafts that another version of the app stored, as text. */
  readonly unreadable = (): readonly Unreadable[] => this.#unreadable;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Returns the name under which a post is open. A draft that began here keeps its key after it got an id: "pst_01J…"
   * gives "new-5f0c…" while it is open.
   */
  nameOf(name: string): string {
    const open = [...this.#open.values()].find(({ openDraft }) => openDraft.view().localDraft?.id === name);
    return open?.openDraft.name ?? name;
  }

  /**
   * Opens a draft or returns the open one.
   * @param name the id of the post, or the draft key
   */
  openDraft(name: string): OpenDraft {
    const found = this.#open.get(name)?.openDraft;
    if (found) return found;
    const openDraft = new OpenDraft(name, this.#ports());
    this.#open.set(name, { openDraft, users: 0 });
    let before = openDraft.view().status;
    openDraft.subscribe(() => {
      const { status } = openDraft.view();
      if (status === before) return;
      before = status;
      void this.#refresh();
    });
    return openDraft;
  }

  /**
   * Keeps a draft open until the returned function is called. That function saves the draft, and closes it if
   * everything is saved. Example: an author who leaves the editor offline leaves the draft open, so that it is
   * retried.
   */
  use(openDraft: OpenDraft): () => void {
    const entry = this.#open.get(openDraft.name);
    if (entry) entry.users += 1;
    return () => {
      if (entry) entry.users -= 1;
      void openDraft.flush().then(() => this.#putAway(openDraft));
    };
  }

  /**
   * Saves the unsaved drafts of earlier visits and sends due removals. The tab lock prevents two tabs from saving the
   * same draft. Example: a removal due in 4 s sets a 4 s timer.
   */
  async saveUnsaved(): Promise<void> {
    await this.#refresh();
    for (const { id, key } of this.#unsaved) {
      const isOpen = [...this.#open.values()].some(({ openDraft }) => openDraft.view().localDraft?.key === key);
      if (!isOpen) this.openDraft(id ?? key);
    }
    const removals = await this.store.removals();
    const now = Date.now();
    // A removal that cannot be sent now stays in the store and is retried later. Example: due at 10:00:10 while the API
    // is down.
    for (const { id, dueAt } of removals) if (dueAt <= now && this.mayTry()) await this.remove(id).catch(() => {});
    const next = Math.min(...removals.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now));
    clearTimeout(this.#removalTimer);
    if (Number.isFinite(next)) this.#removalTimer = setTimeout(() => void this.saveUnsaved(), next - now);
  }

  mayTry = (): boolean => navigator.onLine && mayAct(this.userId);

  /**
   * Deletes a post on the server and in this browser.
   * @throws errors of the API client; the draft then stays
   */
  async remove(name: string): Promise<void> {
    // Send the request within this task, because an unloading page gets no database answers.
    const sent = isNewDraftKey(name) ? undefined : removePost(v.parse(StoredPostId, name));
    const [localDraft] = await Promise.all([this.store.find(name), sent]);
    if (!sent && localDraft?.id !== undefined) await removePost(localDraft.id);
    await this.discard(name);
    await this.store.dropRemoval(name);
  }

  /**
   * Copies a draft whose post is gone to a new draft and deletes the old one: "pst_01J…" becomes "new-5f0c…" with the
   * same text.
   */
  async copy(localDraft: LocalDraft, key: string): Promise<void> {
    await this.store.put(asNewDraft(localDraft, key, Date.now()));
    await this.discard(localDraft.key);
  }

  /** Deletes a draft from this browser. */
  async discard(name: string): Promise<void> {
    const localDraft = await this.store.find(name);
    for (const each of [name, localDraft?.key, localDraft?.id]) {
      if (each === undefined) continue;
      this.#open.get(each)?.openDraft.drop();
      this.#open.delete(each);
    }
    if (localDraft) await this.store.remove(localDraft.key);
    this.#channel.postMessage({ type: "kept", key: name } satisfies DraftMessage);
    await this.#refresh();
  }

  retry(): void {
    for (const { openDraft } of this.#open.values()) openDraft.retry();
    void this.saveUnsaved();
  }

  reload(): void {
    for (const { openDraft } of this.#open.values()) void openDraft.reload();
  }

  /**
   * Saves what can be saved, for at most `flushTimeoutMs`.
   * @returns the number of drafts that are still unsaved, including unreadable ones. Example: one conflict and one
   * unreadable draft give 2.
   */
  async flush(): Promise<number> {
    const sent = Promise.all([...this.#open.values()].map(({ openDraft }) => openDraft.flush()));
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, flushTimeoutMs))]);
    const [all, unreadable] = await Promise.all([this.store.all(), this.store.unreadable()]);
    return all.filter(isUnsaved).length + unreadable.length;
  }

  /** Deletes an unreadable draft after the user has seen its text. */
  async forgetUnreadable(id: string): Promise<void> {
    await this.store.remove(id);
    await this.#refresh();
  }

  /** Deletes all drafts from this browser, for signing out. */
  async forget(): Promise<void> {
    for (const { openDraft } of this.#open.values()) openDraft.drop();
    this.close();
    if (current === this) current = undefined;
    await this.store.forget();
  }

  close(): void {
    for (const { openDraft } of this.#open.values()) openDraft.close();
    this.#open.clear();
    clearTimeout(this.#removalTimer);
    this.#channel.close();
  }

  #putAway(openDraft: OpenDraft): void {
    const entry = this.#open.get(openDraft.name);
    // An unsaved draft stays open and is retried.
    if (!entry || entry.users > 0 || openDraft.isUnsaved()) return;
    openDraft.close();
    this.#open.delete(openDraft.name);
  }

  async #refresh(): Promise<void> {
    const [all, unreadable] = await Promise.all([this.store.all(), this.store.unreadable()]);
    const unsaved = all.filter(isUnsaved);
    const isNews = [unsaved, this.#unsaved, unreadable, this.#unreadable].some(({ length }) => length > 0);
    if (!isNews) return;
    this.#unsaved = unsaved;
    this.#unreadable = unreadable;
    for (const listener of [...this.#listeners]) listener();
  }

  #ports = (): OpenDraftPorts => ({
    store: this.store,
    api: apiWithTimeout,
    withTabLock: draftTabLock(this.userId),
    broadcast: (message) => this.#channel.postMessage(message),
    isOnline: () => navigator.onLine,
    isAllowed: () => mayAct(this.userId),
    now: () => Date.now(),
    random: () => Math.random(),
  });
}

/** Deletes a post. Idempotent: ignores 404. */
async function removePost(postId: PostId): Promise<void> {
  try {
    await lastingApi.deletePost({ params: { postId } });
  } catch (error) {
    if (!isProblem(error, "post-not-found")) throw error;
  }
}

let current: OpenDrafts | undefined;

/** Returns the open drafts of a user in this tab. Closes those of the previous user. */
export function openDraftsOf(userId: string): OpenDrafts {
  if (current?.userId === userId) return current;
  current?.close();
  current = new OpenDrafts(userId);
  return current;
}
