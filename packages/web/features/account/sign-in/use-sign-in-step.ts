import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { session } from "../../session/browser-session.ts";
import { recallPerson } from "../../session/remembered-person.ts";
import { rememberReferrer, takeReturn } from "../../session/return-path.ts";
import type { Credentials } from "../../session/session.ts";
import { useSession } from "../../session/use-session.ts";
import { forgetAccount, leaveNews, type News, rememberedEmail } from "./pending-account.ts";

/**
 * What the pages of signing up and signing in share. They redirect the signed-in user to the page that required
 * sign-in, or to the todos.
 */
export function useSignInStep() {
  const router = useRouter();
  const { status } = useSession();
  /** The page to open after signing in, instead of the one that required it. */
  const destination = useRef<string>(undefined);
  // Undefined on the server.
  const [email, setEmail] = useState<string>();
  useLayoutEffect(() => setEmail(rememberedEmail()), []);
  useEffect(() => {
    rememberReferrer(); // #blog
    if (recallPerson()) void session.restore();
  }, []);
  useEffect(() => {
    if (status !== "signed-in") return;
    const required = takeReturn();
    const back = destination.current ?? required ?? "/todos";
    // #region blog
    // Load posts as a whole document, as for all readers, so that the page is current.
    if (back.startsWith("/@")) return location.replace(back);
    // #endregion blog
    router.replace(back);
  }, [status, router]);

  /** Signs in after a step that has set the password. If that fails, the sign-in page says that the step succeeded. */
  async function signIn(credentials: Credentials, news: News) {
    try {
      await session.signIn(credentials);
      forgetAccount();
    } catch {
      leaveNews(news);
      router.push("/sign-in");
    }
  }
  /** `email` is the address that was typed on an earlier page. Typing on this page does not change it. */
  return { router, email, destination, signIn };
}
