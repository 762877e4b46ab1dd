import { useSyncExternalStore } from "react";
import { session } from "./browser-session.ts";
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
