import { accountWords } from "../../../copy/account.ts";
import { local } from "../../../copy/local.ts";
import { useLocalCloud } from "../../local/local-cloud.ts";

/** On a developer's machine no mail leaves the house: tells where it goes instead. Deployed pages say nothing of it. */
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
