import type { User } from "@daybook/core/user/user";
import { useEffect, useSyncExternalStore } from "react";
import { session } from "./browser-session.ts";
import { SignedOutError } from "./session.ts";
import { userApi } from "./user-api.ts";

/** The profile of whoever is signed in, as the API last said. */
export type Me =
  | { readonly status: "pending" }
  | { readonly status: "error"; readonly error: unknown }
  | { readonly status: "success"; readonly me: User };

const pending: Me = { status: "pending" };
const listeners = new Set<() => void>();
let known: { readonly userId: string; readonly me: Me } | undefined;
let asking: { readonly generation: number; readonly answered: Promise<void> } | undefined;

function keep(userId: string, me: Me): void {
  known = { userId, me };
  for (const listener of [...listeners]) listener();
}

/** Takes over what the API says of the person, here and wherever their name is shown. */
export function acceptMe(user: User): void {
  const { id, email, name } = user;
  session.identify({ id, email, name });
  keep(id, { status: "success", me: user });
}

/** Asks the API anew. Never fails: the outcome is what `useMe` says. */
export function loadMe(): Promise<void> {
  const { generation } = session.state();
  if (asking?.generation !== generation) {
    const answered = ask().finally(() => {
      if (asking?.answered === answered) asking = undefined;
    });
    asking = { generation, answered };
  }
  return asking.answered;
}

async function ask(): Promise<void> {
  const userId = session.state().person?.id;
  if (userId === undefined) return;
  if (known?.userId !== userId || known.me.status === "error") keep(userId, pending);
  try {
    acceptMe((await userApi.getMe()).data);
  } catch (error) {
    if (!(error instanceof SignedOutError) && current().status !== "success") keep(userId, { status: "error", error });
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const current = (): Me => (known && known.userId === session.state().person?.id ? known.me : pending);

/** The profile of whoever is signed in; only inside of the session gate. */
export function useMe(): Me {
  const me = useSyncExternalStore(subscribe, current, () => pending);
  useEffect(() => {
    const ask = () => {
      if (current().status !== "success") void loadMe();
    };
    ask();
    // What failed without a network is asked again with one.
    window.addEventListener("online", ask);
    return () => window.removeEventListener("online", ask);
  }, []);
  return me;
}
