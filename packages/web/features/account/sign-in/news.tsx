import { useEffect, useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { Message } from "../../../lib/ui/message.tsx";
import { useSession } from "../../session/use-session.ts";
import { currentNews, dropNews } from "./pending-account.ts";

/** What the page that asks to sign in has to say first: of the account, or how it came that nobody is signed in any more. */
export function News() {
  const { farewell } = useSession();
  const [news] = useState(currentNews);
  useEffect(() => dropNews, []);
  const said = news ?? farewell?.reason;
  // The region is there before its text, so that the text is read out.
  return <div role="status">{said && <Message kind="note">{accountWords.news[said]}</Message>}</div>;
}
