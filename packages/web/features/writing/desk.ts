import type { PostId } from "@daybook/core/ids";
import * as v from "valibot";
import { isProblem } from "../../lib/problem-words.ts";
import type { Unreadable } from "../../lib/stored.ts";
import { impatientApi, mayAct } from "../session/impatient-api.ts";
import { lastingApi } from "../session/user-api.ts";
import { aloneAmongTabs } from "./alone.ts";
import { KnownPostId } from "./draft.ts";
import { Manuscript } from "./manuscript.ts";
import type { DeskMessage, ManuscriptPorts } from "./manuscript-view.ts";
import { isNewKey } from "./place.ts";
import { asNew, isUnsaved, type Kept } from "./saving.ts";
import { Shelf } from "./shelf.ts";

/** So long what can be sent is waited for before somebody signs out. */
const patienceMs = 3000;

/** The posts that one person has open in this tab, and those that this browser keeps. */
export class Desk {
  readonly userId: string;
  readonly shelf: Shelf;
  readonly #channel: BroadcastChannel;
  readonly #open = new Map<string, { readonly manuscript: Manuscript; users: number }>();
  readonly #listeners = new Set<() => void>();
  #unsaved: readonly Kept[] = [];
  #unreadable: readonly Unreadable[] = [];
  #removalTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(userId: string) {
    this.userId = userId;
    this.shelf = new Shelf(userId);
    this.#channel = new BroadcastChannel(`daybook.writing.${userId}`);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<DeskMessage>) => {
      for (const { manuscript } of this.#open.values()) manuscript.hear(data);
      void this.#lookAround();
    });
    void this.shelf.tidy().then(() => this.saveLeftBehind());
  }

  /** The posts of this browser that the API does not have yet, or not as they are. */
  readonly unsaved = (): readonly Kept[] => this.#unsaved;
  /** Posts that another version of the app has kept, as far as this one can show them. */
  readonly unreadable = (): readonly Unreadable[] => this.#unreadable;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The name under which a post is open: one that was begun here keeps its key when the API has given it an id. */
  nameOf(name: string): string {
    const open = [...this.#open.values()].find(({ manuscript }) => manuscript.view().kept?.id === name);
    return open?.manuscript.name ?? name;
  }

  /** @param name the id of a post, or its key */
  manuscript(name: string): Manuscript {
    const found = this.#open.get(name)?.manuscript;
    if (found) return found;
    const manuscript = new Manuscript(name, this.#ports());
    this.#open.set(name, { manuscript, users: 0 });
    let before = manuscript.view().status;
    manuscript.subscribe(() => {
      const { status } = manuscript.view();
      if (status === before) return;
      before = status;
      void this.#lookAround();
    });
    return manuscript;
  }

  /** Keeps a manuscript open until what is returned is called; it is put away when everything of it is saved. */
  use(manuscript: Manuscript): () => void {
    const entry = this.#open.get(manuscript.name);
    if (entry) entry.users += 1;
    return () => {
      if (entry) entry.users -= 1;
      void manuscript.flush().then(() => this.#putAway(manuscript));
    };
  }

  /** Saves what earlier visits could not, as far as no other tab does. */
  async saveLeftBehind(): Promise<void> {
    await this.#lookAround();
    for (const { id, key } of this.#unsaved) {
      const isOpen = [...this.#open.values()].some(({ manuscript }) => manuscript.view().kept?.key === key);
      if (!isOpen) this.manuscript(id ?? key);
    }
    const removals = await this.shelf.removals();
    const now = Date.now();
    // What cannot be deleted now stays on the shelf for the next time.
    for (const { id, dueAt } of removals) if (dueAt <= now && this.mayTry()) await this.remove(id).catch(() => {});
    const next = Math.min(...removals.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now));
    clearTimeout(this.#removalTimer);
    if (Number.isFinite(next)) this.#removalTimer = setTimeout(() => void this.saveLeftBehind(), next - now);
  }

  mayTry = (): boolean => navigator.onLine && mayAct(this.userId);

  /** Deletes a post for good, here and there. @throws what the API's client throws; then it stays */
  async remove(name: string): Promise<void> {
    // A page that goes waits for no database: the request leaves in this task.
    const sent = isNewKey(name) ? undefined : removePost(v.parse(KnownPostId, name));
    const [kept] = await Promise.all([this.shelf.find(name), sent]);
    if (!sent && kept?.id !== undefined) await removePost(kept.id);
    await this.discard(name);
    await this.shelf.dropRemoval(name);
  }

  /** Begins a post anew, under another key, with what was written in one that is gone; that one is forgotten. */
  async copy(kept: Kept, key: string): Promise<void> {
    await this.shelf.put(asNew(kept, key, Date.now()));
    await this.discard(kept.key);
  }

  /** Forgets what this browser keeps of a post. */
  async discard(name: string): Promise<void> {
    const kept = await this.shelf.find(name);
    for (const each of [name, kept?.key, kept?.id]) {
      if (each === undefined) continue;
      this.#open.get(each)?.manuscript.drop();
      this.#open.delete(each);
    }
    if (kept) await this.shelf.remove(kept.key);
    this.#channel.postMessage({ type: "kept", key: name } satisfies DeskMessage);
    await this.#lookAround();
  }

  retry(): void {
    for (const { manuscript } of this.#open.values()) manuscript.retry();
    void this.saveLeftBehind();
  }

  reload(): void {
    for (const { manuscript } of this.#open.values()) void manuscript.reload();
  }

  /** Saves what can be saved. @returns how many posts are unsaved even so */
  async flush(): Promise<number> {
    const sent = Promise.all([...this.#open.values()].map(({ manuscript }) => manuscript.flush()));
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    const [all, unreadable] = await Promise.all([this.shelf.all(), this.shelf.unreadable()]);
    return all.filter(isUnsaved).length + unreadable.length;
  }

  /** Somebody has seen the text of a post that cannot be read, and does not need it any more. */
  async forgetUnreadable(id: string): Promise<void> {
    await this.shelf.remove(id);
    await this.#lookAround();
  }

  /** Forgets everything, for somebody who leaves this browser. */
  async forget(): Promise<void> {
    for (const { manuscript } of this.#open.values()) manuscript.drop();
    this.close();
    if (current === this) current = undefined;
    await this.shelf.forget();
  }

  close(): void {
    for (const { manuscript } of this.#open.values()) manuscript.close();
    this.#open.clear();
    clearTimeout(this.#removalTimer);
    this.#channel.close();
  }

  #putAway(manuscript: Manuscript): void {
    const entry = this.#open.get(manuscript.name);
    // What is unsaved stays open, and is tried again.
    if (!entry || entry.users > 0 || manuscript.isUnsaved()) return;
    manuscript.close();
    this.#open.delete(manuscript.name);
  }

  async #lookAround(): Promise<void> {
    const [all, unreadable] = await Promise.all([this.shelf.all(), this.shelf.unreadable()]);
    const unsaved = all.filter(isUnsaved);
    const isNews = [unsaved, this.#unsaved, unreadable, this.#unreadable].some(({ length }) => length > 0);
    if (!isNews) return;
    this.#unsaved = unsaved;
    this.#unreadable = unreadable;
    for (const listener of [...this.#listeners]) listener();
  }

  #ports = (): ManuscriptPorts => ({
    shelf: this.shelf,
    api: impatientApi,
    alone: aloneAmongTabs(this.userId),
    tell: (message) => this.#channel.postMessage(message),
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

let current: Desk | undefined;

/** The desk of a person in this tab. Another person's is put away. */
export function deskOf(userId: string): Desk {
  if (current?.userId === userId) return current;
  current?.close();
  current = new Desk(userId);
  return current;
}
