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

/** How long signing out waits for unsaved drafts to be sent. */
const flushTimeoutMs = 3000;

/** Registry of the drafts that one person has open in this tab, with the store of all drafts in this browser. */
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

  /** The posts of this browser that the API does not have yet, or not as they are. */
  readonly unsaved = (): readonly LocalDraft[] => this.#unsaved;
  /** Posts that another version of the app has kept, as far as this one can show them. */
  readonly unreadable = (): readonly Unreadable[] => this.#unreadable;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The name under which a post is open: one that was begun here keeps its key when the API has given it an id. */
  nameOf(name: string): string {
    const open = [...this.#open.values()].find(({ openDraft }) => openDraft.view().localDraft?.id === name);
    return open?.openDraft.name ?? name;
  }

  /** @param name the id of a post, or its key */
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

  /** Keeps a draft open until the returned function is called. It is closed once all of it is saved. */
  use(openDraft: OpenDraft): () => void {
    const entry = this.#open.get(openDraft.name);
    if (entry) entry.users += 1;
    return () => {
      if (entry) entry.users -= 1;
      void openDraft.flush().then(() => this.#putAway(openDraft));
    };
  }

  /** Saves what earlier visits could not, as far as no other tab does. */
  async saveUnsaved(): Promise<void> {
    await this.#refresh();
    for (const { id, key } of this.#unsaved) {
      const isOpen = [...this.#open.values()].some(({ openDraft }) => openDraft.view().localDraft?.key === key);
      if (!isOpen) this.openDraft(id ?? key);
    }
    const removals = await this.store.removals();
    const now = Date.now();
    // A removal that cannot be sent now stays in the store and is retried later.
    for (const { id, dueAt } of removals) if (dueAt <= now && this.mayTry()) await this.remove(id).catch(() => {});
    const next = Math.min(...removals.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now));
    clearTimeout(this.#removalTimer);
    if (Number.isFinite(next)) this.#removalTimer = setTimeout(() => void this.saveUnsaved(), next - now);
  }

  mayTry = (): boolean => navigator.onLine && mayAct(this.userId);

  /** Deletes a post for good, here and there. @throws what the API's client throws; then it stays */
  async remove(name: string): Promise<void> {
    // A page that goes waits for no database: the request leaves in this task.
    const sent = isNewDraftKey(name) ? undefined : removePost(v.parse(StoredPostId, name));
    const [localDraft] = await Promise.all([this.store.find(name), sent]);
    if (!sent && localDraft?.id !== undefined) await removePost(localDraft.id);
    await this.discard(name);
    await this.store.dropRemoval(name);
  }

  /** Begins a post anew, under another key, with what was written in one that is gone; that one is forgotten. */
  async copy(localDraft: LocalDraft, key: string): Promise<void> {
    await this.store.put(asNewDraft(localDraft, key, Date.now()));
    await this.discard(localDraft.key);
  }

  /** Forgets what this browser keeps of a post. */
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

  /** Saves what can be saved. @returns how many posts are unsaved even so */
  async flush(): Promise<number> {
    const sent = Promise.all([...this.#open.values()].map(({ openDraft }) => openDraft.flush()));
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, flushTimeoutMs))]);
    const [all, unreadable] = await Promise.all([this.store.all(), this.store.unreadable()]);
    return all.filter(isUnsaved).length + unreadable.length;
  }

  /** Somebody has seen the text of a post that cannot be read, and does not need it any more. */
  async forgetUnreadable(id: string): Promise<void> {
    await this.store.remove(id);
    await this.#refresh();
  }

  /** Forgets everything, for somebody who leaves this browser. */
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
    // What is unsaved stays open, and is tried again.
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

/** Deletes a post of the API's; one that is gone already is no mistake. */
async function removePost(postId: PostId): Promise<void> {
  try {
    await lastingApi.deletePost({ params: { postId } });
  } catch (error) {
    if (!isProblem(error, "post-not-found")) throw error;
  }
}

let current: OpenDrafts | undefined;

/** The open drafts of a person in this tab. Closes those of another person. */
export function openDraftsOf(userId: string): OpenDrafts {
  if (current?.userId === userId) return current;
  current?.close();
  current = new OpenDrafts(userId);
  return current;
}
