import { accountOperations } from "@daybook/core/account/account.api";
import { useLayoutEffect, useState } from "react";
import { accountWords } from "../../copy/account.ts";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { isProblem } from "../../lib/problem-words.ts";
import { useForm } from "../../lib/ui/form/use-form.ts";
import type { Credentials } from "./session.ts";

interface SignInFormOptions {
  /** See `useForm`. */
  readonly leaves?: boolean;
  send(credentials: Credentials): Promise<void>;
}

/**
 * Sign-in form. Asks for the second factor once the password was accepted. The email and password stay in the form and
 * are sent again with the code.
 */
export function useSignInForm({ leaves = false, send }: SignInFormOptions) {
  const [step, setStep] = useState<"password" | "code" | "password-again">("password");
  const form = useForm({
    schema: accountOperations.createSession.body,
    words: {
      email: accountWords.email.wrong,
      password: accountWords.password.missing,
      code: accountWords.appCode.wrong,
      recoveryCode: secondFactorWords.step.recoveryWrong,
    },
    problems: [
      ["second-factor-invalid", "code", accountWords.appCode.refused],
      ["recovery-code-invalid", "recoveryCode", secondFactorWords.step.recoveryRefused],
    ],
    asksForMore(error) {
      const asks = isProblem(error, "second-factor-required");
      if (asks) setStep("code");
      return asks;
    },
    leaves,
    send,
  });
  const { ref } = form.formProps;
  useLayoutEffect(() => {
    if (step === "password-again") ref.current?.querySelector<HTMLElement>("[name=password]")?.focus();
  }, [step, ref]);
  return { ...form, asksForCode: step === "code", askForPassword: () => setStep("password-again") };
}
