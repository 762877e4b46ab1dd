import { deletionOperations } from "@daybook/core/lifecycle/deletion.api";
import { useState } from "react";
import * as z from "zod";
import { accountWords } from "../../../copy/account.ts";
import { common } from "../../../copy/common.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { Message } from "../../../lib/ui/message.tsx";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { session } from "../../session/browser-session.ts";
import { CodeStep, codeProblem } from "../../session/code-step.tsx";
import { CurrentPassword } from "../../session/current-password.tsx";
import { openLocalData } from "../../session/local-data.ts";
import { userApi } from "../../session/user-api.ts";
import { Section } from "../section.tsx";
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
  const { formProps, errors, failure, pending, asksForCode, leaveCodeStep } = useForm({
    schema: deletionOperations.deleteMe.body.extend({
      confirmation: z.string().trim().toLowerCase().pipe(z.literal(email.toLowerCase())),
    }),
    words: {
      confirmation: words.mismatch,
      password: accountWords.password.missing,
      code: accountWords.appCode.wrong,
    },
    problems: [["password-incorrect", "password", accountWords.changePassword.refused], codeProblem],
    codeStep: true,
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
        <CurrentPassword email={email} error={errors.password} />
      </div>
      {asksForCode && <CodeStep error={errors.code} onBack={leaveCodeStep} />}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onKeep}>{words.keep}</Button>
        <Button type="submit" look="danger" aria-disabled={pending}>
          {pending ? common.oneMoment : words.drop}
        </Button>
      </div>
    </form>
  );
}
