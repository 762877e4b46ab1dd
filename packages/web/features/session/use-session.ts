import { useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { session } from "./browser-session.ts";
import { recallPerson } from "./remembered-person.ts";
import { rememberReferrer, takeReturn } from "./return-path.ts";
import type { Person, SessionState } from "./session.ts";

const onServer: SessionState = { status: "restoring", generation: 0, person: undefined };

/** Returns the session of this tab. */
export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.state, () => onServer);

/** Returns the signed-in user. Email and name can be missing until the API has returned them. */
export const usePerson = (): Person | undefined => useSession().person;

/**
 * Returns the signed-in user. Use it only inside the session gate.
 * @throws if no user is signed in
 */
export function useSignedInPerson(): Person {
  const person = usePerson();
  if (!person) throw new Error("No user is signed in");
  return person;
}

/** Redirects the signed-in user to the page that required sign-in, or to `path`. */
export function useSignedInRedirect(path: string): void {
  const router = useRouter();
  const { status } = useSession();
  useEffect(() => {
    rememberReferrer();
    if (recallPerson()) void session.restore();
  }, []);
  useEffect(() => {
    if (status !== "signed-in") return;
    const back = takeReturn() ?? path;
    // Load posts as a whole document, as for all readers, so that the page is current.
    if (back.startsWith("/@")) location.replace(back);
    else router.replace(back);
  }, [status, router, path]);
}
