import { accountOperations } from "@daybook/core/account/account.api";
import { useLayoutEffect, useState } from "react";
import { accountWords } from "../../copy/account.ts";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { useForm } from "../../lib/ui/form/use-form.ts";
import { codeProblem, recoveryProblem } from "./code-step.tsx";
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
  const [returns, setReturns] = useState(0);
  const { leaveCodeStep, ...form } = useForm({
    schema: accountOperations.createSession.body,
    words: {
      email: accountWords.email.wrong,
      password: accountWords.password.missing,
      code: accountWords.appCode.wrong,
      recoveryCode: secondFactorWords.step.recoveryWrong,
    },
    problems: [codeProblem, recoveryProblem],
    codeStep: true,
    leaves,
    send,
  });
  const { ref } = form.formProps;
  useLayoutEffect(() => {
    if (returns > 0) ref.current?.querySelector<HTMLElement>("[name=password]")?.focus();
  }, [returns, ref]);
  function askForPassword() {
    leaveCodeStep();
    setReturns(returns + 1);
  }
  return { ...form, askForPassword };
}
