import { useEffect, useState, useSyncExternalStore } from "react";
import type { Unreadable } from "../../lib/stored.ts";
import { session } from "../session/browser-session.ts";
import { usePerson } from "../session/use-session.ts";
import { type Desk, deskOf } from "./desk.ts";
import type { Manuscript } from "./manuscript.ts";
import type { ManuscriptView } from "./manuscript-view.ts";
import type { Kept } from "./saving.ts";

/** The desk of whoever is signed in; only inside of the session gate. */
export function useDesk(): Desk {
  const person = usePerson();
  if (!person) throw new Error("Nobody is signed in");
  const desk = deskOf(person.id);
  useEffect(() => attend(desk), [desk]);
  return desk;
}

const none: readonly Kept[] = [];
const noText: readonly Unreadable[] = [];

/** The posts of this browser that the API does not have as they are. */
export function useUnsaved(): readonly Kept[] {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.unsaved, () => none);
}

/** Posts of another version of the app, as text. */
export function useUnreadable(): readonly Unreadable[] {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.unreadable, () => noText);
}

/** A post that is open on this page. @param name its id, or its key in this browser */
export function useManuscript(name: string): { readonly manuscript: Manuscript; readonly view: ManuscriptView } {
  const desk = useDesk();
  const [manuscript, setManuscript] = useState(() => desk.manuscript(name));
  useEffect(() => {
    const current = desk.manuscript(name);
    setManuscript(current);
    return desk.use(current);
  }, [desk, name]);
  return { manuscript, view: useSyncExternalStore(manuscript.subscribe, manuscript.view) };
}

const users = new Map<Desk, number>();
let stop: (() => void) | undefined;

/** Tells the desk of what happens around it, for as long as a part of the page uses it. */
function attend(desk: Desk): () => void {
  const before = users.get(desk) ?? 0;
  users.set(desk, before + 1);
  if (before === 0) {
    stop?.();
    stop = listen(desk);
  }
  return () => {
    users.set(desk, (users.get(desk) ?? 1) - 1);
    if (users.get(desk) !== 0) return;
    users.delete(desk);
    stop?.();
    stop = undefined;
  };
}

function listen(desk: Desk): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const retry = () => desk.retry();
  window.addEventListener("online", retry, { signal });
  window.addEventListener("offline", retry, { signal });
  window.addEventListener("focus", () => desk.reload(), { signal });
  window.addEventListener("pagehide", () => desk.shelf.mirror(), { signal });
  window.addEventListener(
    "beforeunload",
    (event) => !desk.shelf.isDurable() && desk.unsaved().length > 0 && event.preventDefault(),
    { signal },
  );
  const forget = session.subscribe(retry);
  return () => {
    listening.abort();
    forget();
  };
}
