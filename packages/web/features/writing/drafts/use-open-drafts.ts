import { useEffect, useState, useSyncExternalStore } from "react";
import { whileUsed } from "../../../lib/offline/page-events.ts";
import { session } from "../../session/browser-session.ts";
import { useSignedInPerson } from "../../session/use-session.ts";
import type { OpenDraft } from "./open-draft.ts";
import type { OpenDraftView } from "./open-draft-view.ts";
import { type OpenDrafts, openDraftsOf } from "./open-drafts.ts";
import type { StoredDrafts } from "./stored-drafts.ts";

/** Returns the open drafts of the signed-in user. Use it only inside the session gate. */
export function useOpenDrafts(): OpenDrafts {
  const openDrafts = openDraftsOf(useSignedInPerson().id);
  useEffect(() => whileUsed(openDrafts, session.subscribe), [openDrafts]);
  return openDrafts;
}

/** Returns what this browser stores about the user's posts. */
export function useStoredDrafts(): StoredDrafts {
  const { store } = useOpenDrafts();
  return useSyncExternalStore(store.subscribe, store.state, store.state);
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
