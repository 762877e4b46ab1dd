import { useEffect, useState } from "react";
import { accountWords } from "../../../copy/account.ts";
import { Message } from "../../../lib/ui/message.tsx";
import { useSession } from "../../session/use-session.ts";
import { currentNews, dropNews } from "./pending-account.ts";

/** The notice on the sign-in page: the result of the previous page, or the reason why the session ended. */
export function News() {
  const { farewell } = useSession();
  const [news] = useState(currentNews);
  useEffect(() => dropNews, []);
  const said = news ?? farewell?.reason;
  // The live region must exist before its text is set, so that screen readers announce the text.
  return <div role="status">{said && <Message kind="note">{accountWords.news[said]}</Message>}</div>;
}
