import { publicApi } from "../../lib/api.ts";
import { isProblem } from "../../lib/problem-words.ts";
import { ownerOf } from "./access-token.ts";
import { recallPerson, rememberPerson } from "./remembered-person.ts";
import { BrowserSession, type SessionMessage } from "./session.ts";

// There is no BroadcastChannel while pages are prerendered at build time.
const channel = typeof window === "undefined" ? undefined : new BroadcastChannel("daybook.session");

/** The session of this tab. */
export const session = new BrowserSession({
  renew: async () => (await publicApi.refreshSession()).data,
  signIn: async (body) => (await publicApi.createSession({ body })).data,
  signOut: async (everywhere) => {
    await publicApi.deleteSession(everywhere ? { query: { everywhere: "true" } } : {});
  },
  ownerOf,
  recall: recallPerson,
  isMissing: (error) => isProblem(error, "session-missing"),
  tell: (message) => channel?.postMessage(message),
  now: () => Date.now(),
});

channel?.addEventListener("message", ({ data }: MessageEvent<SessionMessage>) => session.hear(data));
session.subscribe(() => rememberPerson(session.state().person));
