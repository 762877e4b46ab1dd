import { useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { hasSessionHint, session } from "./browser-session.ts";
import type { SessionState } from "./session.ts";

const onServer: SessionState = { status: "restoring", generation: 0 };

/** The session of this tab, as it is at the moment. */
export const useSession = (): SessionState => useSyncExternalStore(session.subscribe, session.state, () => onServer);

/** Leads whoever is signed in on to `path`: from an earlier visit, or since a moment ago. */
export function useSignedInRedirect(path: string): void {
  const router = useRouter();
  const { status } = useSession();
  useEffect(() => {
    if (hasSessionHint()) void session.restore();
  }, []);
  useEffect(() => {
    if (status === "signed-in") router.replace(path);
  }, [status, router, path]);
}
