import type { Clock } from "../clock.ts";
import { notify } from "../notice/notice.service.ts";
import { isProblem, Problem } from "../problem.ts";
import { removeCodes, spendCode } from "../recovery/recovery.service.ts";

import type { IdentitySettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import { signIn, type Tokens } from "./cognito/sign-in.ts";
import * as sessions from "./session.repository.ts";

/**
 * Signs in with a recovery code in place of the code of the app. After the right password the code turns the second factor off and ends
 * every session; the owner is notified. An account without a second factor keeps its codes, and the password is enough.
 *
 * @throws credentials-invalid, account-unconfirmed, recovery-code-invalid when the password was right
 */
export async function signInByRecovery(
  identity: IdentitySettings,
  {
    email,
    password,
    recoveryCode,
  }: { readonly email: string; readonly password: string; readonly recoveryCode: string },
  clock: Clock,
): Promise<{ tokens: Tokens; failure?: unknown }> {
  try {
    return { tokens: await signIn(identity, { email, password }) };
  } catch (error) {
    if (!isProblem(error, "second-factor-required")) throw error;
  }
  const { userId } = await own.find(identity, { email });
  if (!(await spendCode(userId, recoveryCode, clock))) throw new Problem("recovery-code-invalid");
  await own.setSecondFactor(identity, { userId }, false);
  await own.signOutEverywhere(identity, { userId });
  await sessions.removeAll(userId);
  await removeCodes(userId);
  const tokens = await signIn(identity, { email, password });
  return { tokens, ...(await notify({ kind: "recovery-code-used", email }, clock)) };
}
