import { accountWords } from "../../../copy/account.ts";
import { local } from "../../../copy/local.ts";
import { useLocalCloud } from "../../local/local-cloud.ts";

/** The hint below the code field. On the local cloud it links to the local mailbox, because no email is sent. */
export function LocalMailboxHint() {
  const cloud = useLocalCloud();
  if (!cloud) return accountWords.code.hint;
  return (
    <>
      {local.mail.before}{" "}
      <a className="font-medium text-accent underline underline-offset-4" href={cloud.mailUrl}>
        {local.mail.link}
      </a>
      {local.mail.after}
    </>
  );
}
