import { deletionOperations } from "@daybook/core/lifecycle/deletion.api";
import { useState } from "react";
import * as z from "zod";
import { accountWords } from "../../../copy/account.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { useForm } from "../../../lib/ui/form/use-form.ts";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { session } from "../../session/browser-session.ts";
import { CurrentPassword, passwordProblem } from "../../session/current-password.tsx";
import { codeProblem, FormWithCode } from "../../session/form-with-code.tsx";
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
  const form = useForm({
    schema: deletionOperations.deleteMe.body.extend({
      confirmation: z.string().trim().toLowerCase().pipe(z.literal(email.toLowerCase())),
    }),
    problems: [passwordProblem, codeProblem],
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
    <FormWithCode form={form} look="danger" action={words.drop} cancel={<Button onClick={onKeep}>{words.keep}</Button>}>
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
        invalid={words.mismatch}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <CurrentPassword email={email} />
    </FormWithCode>
  );
}
