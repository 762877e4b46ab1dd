import { deletionOperations } from "@daybook/core/lifecycle/deletion.api";
import { useState } from "react";
import * as z from "zod";
import { accountWords } from "../../../copy/account.ts";
import { common } from "../../../copy/common.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { PasswordField } from "../../../lib/ui/form/password-field.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { Message } from "../../../lib/ui/message.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { session } from "../../session/browser-session.ts";
import { CodeStep } from "../../session/code-step.tsx";
import { openLocalData } from "../../session/local-data.ts";
import { userApi } from "../../session/user-api.ts";
import { Section } from "../section.tsx";
import { KnownEmail } from "../sign-in/email-field.tsx";
import { forgetAccount } from "../sign-in/pending-account.ts";

const words = accountWords.remove;

/** Deletes the account. This cannot be undone, so the dialog asks for the email address and the password. */
export function DeleteAccount({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Section heading={words.heading}>
      <p className="text-muted">{words.text}</p>
      <Button className="text-danger!" onClick={() => setOpen(true)}>
        {words.action}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={words.title}>
        <Confirmation email={email} onKeep={() => setOpen(false)} />
      </Dialog>
    </Section>
  );
}

function Confirmation({ email, onKeep }: { email: string; onKeep(): void }) {
  const [asksForCode, setAsksForCode] = useState(false);
  const { formProps, errors, failure, pending } = useForm({
    schema: deletionOperations.deleteMe.body.extend({
      confirmation: z.string().trim().toLowerCase().pipe(z.literal(email.toLowerCase())),
    }),
    words: {
      confirmation: words.mismatch,
      password: accountWords.password.missing,
      code: accountWords.appCode.wrong,
    },
    read: ({ email: _, ...typed }) => typed,
    problems: [
      ["password-incorrect", "password", accountWords.changePassword.refused],
      ["second-factor-invalid", "code", accountWords.appCode.refused],
    ],
    asksForMore(error) {
      const asks = isProblem(error, "second-factor-required");
      if (asks) setAsksForCode(true);
      return asks;
    },
    leaves: true,
    async send({ confirmation: _, ...body }) {
      const local = await openLocalData();
      await userApi.deleteMe({ body });
      forgetAccount();
      session.leave("account-deleted");
      await local.forgetLocalData();
    },
  });
  return (
    <form {...formProps} className="space-y-5" aria-busy={pending}>
      {failure && <Message kind="error">{failure}</Message>}
      <div hidden={asksForCode} className="space-y-5">
        <div>
          <p>{words.goes}</p>
          <ul className="mt-2 list-disc space-y-1 pl-5">
            {words.things.map((thing) => (
              <li key={thing}>{thing}</li>
            ))}
          </ul>
        </div>
        <Field
          name="confirmation"
          label={words.confirm(email)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.confirmation}
        />
        <KnownEmail email={email} />
        <PasswordField
          name="password"
          label={accountWords.password.label}
          autoComplete="current-password"
          error={errors.password}
        />
      </div>
      <CodeStep open={asksForCode} error={errors.code} onBack={() => setAsksForCode(false)} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onKeep}>{words.keep}</Button>
        <Button type="submit" look="danger" aria-disabled={pending}>
          {pending ? common.oneMoment : words.drop}
        </Button>
      </div>
    </form>
  );
}
