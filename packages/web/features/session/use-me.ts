import type { User } from "@daybook/core/user/user";
import { useEffect, useSyncExternalStore } from "react";
import { observable } from "../../lib/observable.ts";
import { session } from "./browser-session.ts";
import { SignedOutError } from "./session.ts";
import { userApi } from "./user-api.ts";

/** Profile of the signed-in user, as last loaded from the API. */
export type Me =
  | { readonly status: "pending" }
  | { readonly status: "error"; readonly error: unknown }
  | { readonly status: "success"; readonly me: User };

const pending: Me = { status: "pending" };
const known = observable<{ readonly userId: string; readonly me: Me } | undefined>(undefined);
/** The generation of the session for which the profile is being loaded. */
let asking: number | undefined;

const keep = (userId: string, me: Me): void => known.set({ userId, me });

/** Stores the user's profile and updates their name in all tabs. */
export function acceptMe(user: User): void {
  const { id, email, name } = user;
  session.identify({ id, email, name });
  keep(id, { status: "success", me: user });
}

/** Loads the profile, unless that is in progress. Never rejects: `useMe` returns the outcome. */
export async function loadMe(): Promise<void> {
  const { generation, person } = session.state();
  if (!person || asking === generation) return;
  asking = generation;
  const { id } = person;
  const before = known.get();
  if (before?.userId !== id || before.me.status === "error") keep(id, pending);
  try {
    acceptMe((await userApi.getMe()).data);
  } catch (error) {
    if (!(error instanceof SignedOutError) && current().status !== "success") keep(id, { status: "error", error });
  }
  if (asking === generation) asking = undefined;
}

function current(): Me {
  const found = known.get();
  return found && found.userId === session.state().person?.id ? found.me : pending;
}

/** Returns the profile of the signed-in user, and loads it if necessary. It stays `pending` without a user. */
export function useMe(): Me {
  const me = useSyncExternalStore(known.subscribe, current, () => pending);
  useEffect(() => {
    const ask = () => {
      if (current().status !== "success") void loadMe();
    };
    ask();
    // Retry a failed load when the network returns.
    window.addEventListener("online", ask);
    return () => window.removeEventListener("online", ask);
  }, []);
  return me;
}
