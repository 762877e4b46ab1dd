import { operations } from "@daybook/core/api";
import { useEffect, useId, useRef } from "react";
import { TextButton } from "../../lib/ui/button.tsx";
import { Field } from "../../lib/ui/field.tsx";
import { Form } from "../../lib/ui/form.tsx";
import { useForm } from "../../lib/ui/use-form.ts";
import { session } from "./browser-session.ts";

/** Asks for the password over the page, whose changes wait: after a session has ended, nothing that was typed is lost. */
export function SignInAgain() {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const email = session.email() ?? "";
  useEffect(() => dialog.current?.showModal(), []);
  const { formProps, errors, failure, pending } = useForm({
    schema: operations.createSession.body,
    words: { email: "", password: "Enter your password." },
    given: { email },
    send: (credentials) => session.signIn(credentials),
  });
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onCancel={(event) => event.preventDefault()}
      className="m-auto w-[min(26rem,calc(100%-2rem))] space-y-4 rounded-xl border border-rule bg-paper p-6 text-ink backdrop:bg-black/50"
    >
      <h2 id={title} className="text-xl font-bold">
        Your session has ended
      </h2>
      <p>Sign in again as {email} to go on. Your changes are kept and will be saved then.</p>
      <Form {...formProps} failure={failure} pending={pending} action="Sign in">
        <input type="hidden" name="email" value={email} autoComplete="username" />
        <Field
          name="password"
          type="password"
          label="Password"
          autoComplete="current-password"
          error={errors.password}
        />
      </Form>
      <TextButton onClick={() => session.leave()}>Leave, and drop what is not saved</TextButton>
    </dialog>
  );
}
