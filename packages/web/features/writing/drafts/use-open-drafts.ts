import { useEffect, useState, useSyncExternalStore } from "react";
import type { Unreadable } from "../../../lib/stored.ts";
import { session } from "../../session/browser-session.ts";
import { usePerson } from "../../session/use-session.ts";
import type { OpenDraft } from "./open-draft.ts";
import type { OpenDraftView } from "./open-draft-view.ts";
import { type OpenDrafts, openDraftsOf } from "./open-drafts.ts";
import type { LocalDraft } from "./saving-state.ts";

/**
 * Returns the open drafts of the signed-in user. Use it only inside the session gate.
 * @throws if no user is signed in
 */
export function useOpenDrafts(): OpenDrafts {
  const person = usePerson();
  if (!person) throw new Error("No user is signed in");
  const openDrafts = openDraftsOf(person.id);
  useEffect(() => listenWhileUsed(openDrafts), [openDrafts]);
  return openDrafts;
}

const none: readonly LocalDraft[] = [];
const noText: readonly Unreadable[] = [];

/** Returns the drafts with changes that the API does not have. */
export function useUnsaved(): readonly LocalDraft[] {
  const openDrafts = useOpenDrafts();
  return useSyncExternalStore(openDrafts.subscribe, openDrafts.unsaved, () => none);
}

/** Returns the unreadable drafts as text. */
export function useUnreadable(): readonly Unreadable[] {
  const openDrafts = useOpenDrafts();
  return useSyncExternalStore(openDrafts.subscribe, openDrafts.unreadable, () => noText);
}

/**
 * Opens a draft while the component is mounted.
 * @param name the id of the post, or the draft key
 */
export function useOpenDraft(name: string): { readonly openDraft: OpenDraft; readonly view: OpenDraftView } {
  const openDrafts = useOpenDrafts();
  const [openDraft, setOpenDraft] = useState(() => openDrafts.openDraft(name));
  useEffect(() => {
    const current = openDrafts.openDraft(name);
    setOpenDraft(current);
    return openDrafts.use(current);
  }, [openDrafts, name]);
  return { openDraft, view: useSyncExternalStore(openDraft.subscribe, openDraft.view) };
}

const users = new Map<OpenDrafts, number>();
let stop: (() => void) | undefined;

/**
 * Retries, reloads and backs up drafts on browser events while a component uses them. Two components share one set of
 * listeners; the last one to unmount removes it.
 */
function listenWhileUsed(openDrafts: OpenDrafts): () => void {
  const before = users.get(openDrafts) ?? 0;
  users.set(openDrafts, before + 1);
  if (before === 0) {
    stop?.();
    stop = listen(openDrafts);
  }
  return () => {
    users.set(openDrafts, (users.get(openDrafts) ?? 1) - 1);
    if (users.get(openDrafts) !== 0) return;
    users.delete(openDrafts);
    stop?.();
    stop = undefined;
  };
}

function listen(openDrafts: OpenDrafts): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const retry = () => openDrafts.retry();
  window.addEventListener("online", retry, { signal });
  window.addEventListener("offline", retry, { signal });
  window.addEventListener("focus", () => openDrafts.reload(), { signal });
  window.addEventListener("pagehide", () => openDrafts.store.copyForUnload(), { signal });
  window.addEventListener(
    "beforeunload",
    (event) => !openDrafts.store.isDurable() && openDrafts.unsaved().length > 0 && event.preventDefault(),
    { signal },
  );
  const forget = session.subscribe(retry);
  return () => {
    listening.abort();
    forget();
  };
}
