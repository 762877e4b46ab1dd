import { accountWords } from "../../copy/account.ts";
import { secondFactorWords } from "../../copy/second-factor.ts";
import { loadedOnDemand } from "../../lib/ui/on-demand.ts";

/** Second step of signing in, for users with a second factor. Its code is loaded on demand. */
export const CodeStep = loadedOnDemand(() => import("./code-step.parts.tsx").then(({ CodeFields }) => CodeFields));

/** The problems of its fields, for `useForm`. */
export const codeProblem = ["second-factor-invalid", "code", accountWords.appCode.refused] as const;
export const recoveryProblem = [
  "recovery-code-invalid",
  "recoveryCode",
  secondFactorWords.step.recoveryRefused,
] as const;
