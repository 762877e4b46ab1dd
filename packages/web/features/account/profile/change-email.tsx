import { emailChangeOperations } from "@daybook/core/lifecycle/email-change.api";
import { useState } from "react";
import { flushSync } from "react-dom";
import { accountWords } from "../../../copy/account.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { Button } from "../../../lib/ui/button.tsx";
import { Field } from "../../../lib/ui/form/field.tsx";
import { type FormState, useForm } from "../../../lib/ui/form/use-form.ts";
import { Dialog } from "../../../lib/ui/overlay/dialog.tsx";
import { showToast } from "../../../lib/ui/toast/toast.tsx";
import { CurrentPassword, passwordProblem } from "../../session/current-password.tsx";
import { codeProblem, FormWithCode } from "../../session/form-with-code.tsx";
import { loadMe } from "../../session/use-me.ts";
import { userApi } from "../../session/user-api.ts";
import { Section } from "../section.tsx";
import { MailedCodeFields } from "../sign-in/mailed-code-fields.tsx";

const words = accountWords.changeEmail;

/** The new address and the password, which the confirmation needs again. Kept only in this tab's memory. */
interface Requested {
  readonly newEmail: string;
  readonly password: string;
}

/** Shows the address of the account. Changing it takes the password, and a code that is mailed to the new address. */
export function ChangeEmail({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  const [requested, setRequested] = useState<Requested>();
  function close() {
    setOpen(false);
    setRequested(undefined);
  }
  return (
    <Section heading={words.heading}>
      <p className="wrap-anywhere">{email}</p>
      <Button onClick={() => setOpen(true)}>{words.action}</Button>
      <Dialog
        open={open}
        onOpenChange={close}
        title={requested ? words.confirm.title : words.request.title}
        description={requested ? words.confirm.text(requested.newEmail) : words.request.text}
      >
        {requested ? (
          <ConfirmEmail {...requested} onConfirmed={close} />
        ) : (
          <RequestEmail email={email} onRequested={setRequested} />
        )}
      </Dialog>
    </Section>
  );
}

function RequestEmail({ email, onRequested }: { email: string; onRequested(requested: Requested): void }) {
  const form = useForm({
    schema: emailChangeOperations.requestEmailChange.body,
    problems: [["email-unchanged", "newEmail"], passwordProblem, codeProblem],
    codeStep: true,
    async send(body) {
      await userApi.requestEmailChange({ body });
      onRequested(body);
    },
  });
  return (
    <FormWithCode form={form} action={words.request.action}>
      <Field
        name="newEmail"
        type="email"
        label={words.request.label}
        invalid={accountWords.email.wrong}
        autoComplete="email"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <CurrentPassword email={email} />
    </FormWithCode>
  );
}

function ConfirmEmail({ newEmail, password, onConfirmed }: Requested & { onConfirmed(): void }) {
  // The annotation is necessary, because `send` refers to the form.
  const form: FormState = useForm({
    schema: emailChangeOperations.confirmEmailChange.body,
    read: (typed) => ({ emailCode: typed.emailCode, newEmail, password, ...(typed.code && { code: typed.code }) }),
    problems: [["confirmation-code-invalid", "emailCode", words.confirm.refused], codeProblem],
    codeStep: true,
    async send(body) {
      try {
        await userApi.confirmEmailChange({ body });
      } catch (error) {
        // The step of the second factor hides the field of the mailed code.
        if (isProblem(error, "confirmation-code-invalid")) flushSync(form.leaveCodeStep);
        throw error;
      }
      await loadMe();
      showToast({ id: "email", text: words.done(newEmail) });
      onConfirmed();
    },
  });
  return (
    <FormWithCode form={form} action={words.confirm.action}>
      <MailedCodeFields name="emailCode" email={newEmail} submits />
    </FormWithCode>
  );
}
