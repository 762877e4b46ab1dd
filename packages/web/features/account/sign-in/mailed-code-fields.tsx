import { accountWords } from "../../../copy/account.ts";
import { local } from "../../../copy/local.ts";
import { CodeField } from "../../../lib/ui/form/code-field.tsx";
import { useLocalCloud } from "../../local/local-cloud.ts";
import { KnownEmail } from "../../session/current-password.tsx";
import { EmailField } from "./email-field.tsx";

interface MailedCodeFieldsProps {
  readonly email: string | undefined;
  readonly name?: string;
  /** See `CodeField`. */
  readonly submits?: boolean;
}

/** Asks for the code that was mailed, and for the address unless it is known. */
export const MailedCodeFields = ({ email, name = "code", submits = false }: MailedCodeFieldsProps) => (
  <>
    {email ? <KnownEmail email={email} /> : <EmailField />}
    <CodeField
      name={name}
      label={accountWords.code.label}
      hint={<LocalMailboxHint />}
      invalid={accountWords.code.wrong}
      submits={submits}
    />
  </>
);

/** The hint below the code field. On the local cloud it links to the local mailbox, because no email is sent. */
function LocalMailboxHint() {
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
