import { sessionOperations } from "@daybook/core/account/session/session.api";
import { useForm } from "../../lib/ui/form/use-form.ts";
import { codeProblem, recoveryProblem } from "./form-with-code.tsx";
import type { Credentials } from "./session.ts";

interface SignInFormOptions {
  /** See `useForm`. */
  readonly leaves?: boolean;
  send(credentials: Credentials): Promise<void>;
}

/** The state of a form that signs in, for `FormWithCode`. */
export const useSignInForm = (options: SignInFormOptions) =>
  useForm({
    schema: sessionOperations.createSession.body,
    problems: [codeProblem, recoveryProblem],
    codeStep: true,
    ...options,
  });
