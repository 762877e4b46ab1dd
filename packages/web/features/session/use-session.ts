import { useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { session } from "./browser-session.ts";
import { recallPerson } from "./remembered-person.ts";
import { rememberReferrer, takeReturn } from "./return-path.ts";
import type { Person, SessionState } from "./session.ts";

const onServer: SessionState = { status: "restoring", generation: 0, person: undefined };

/** The session of this tab, as it is at the moment. */
export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.state, () => onServer);

/** Who is signed in, inside of the session gate; the name and the address come a moment after the id. */
export const usePerson = (): Person | undefined => useSession().person;

/** Leads whoever is signed in, from an earlier visit or since a moment ago, back to where they had to sign in, or else on to `path`. */
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
    // What is read is loaded as a whole, as it is by every reader: that is what is new as soon as it changes.
    if (back.startsWith("/@")) location.replace(back);
    else router.replace(back);
  }, [status, router, path]);
}
