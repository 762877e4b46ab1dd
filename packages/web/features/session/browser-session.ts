import { publicApi } from "../../lib/api.ts";
import { isProblem } from "../../lib/problem-words.ts";
import { BrowserSession, type SessionMessage } from "./session.ts";

// While pages are made at build time there is no browser, and nobody to tell.
const channel = typeof window === "undefined" ? undefined : new BroadcastChannel("daybook.session");

/** The session of this tab. */
export const session = new BrowserSession({
  renew: async () => (await publicApi.refreshSession()).data,
  signIn: async (body) => (await publicApi.createSession({ body })).data,
  signOut: async () => {
    await publicApi.deleteSession();
  },
  isMissing: (error) => isProblem(error, "session-missing"),
  tell: (message) => channel?.postMessage(message),
  now: () => Date.now(),
});

channel?.addEventListener("message", ({ data }: MessageEvent<SessionMessage>) => session.hear(data));

/** Whether it is worth to ask for the session of an earlier visit. It is no secret and proves nothing. */
const hintKey = "daybook.signed-in";

export const hasSessionHint = (): boolean => localStorage.getItem(hintKey) !== null;

session.subscribe(() => {
  const { status } = session.state();
  if (status === "signed-in") localStorage.setItem(hintKey, "1");
  if (status === "signed-out") localStorage.removeItem(hintKey);
});
