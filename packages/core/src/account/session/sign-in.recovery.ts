import type { CallContext } from "../../call-context.ts";
import { notify } from "../../notice/notice.service.ts";
import { isProblem, Problem } from "../../problem.ts";
import { removeCodes, spendCode } from "../../recovery/recovery.service.ts";

import type { IdentitySettings } from "../cognito/client.ts";
import * as own from "../cognito/own-account.ts";
import { signIn, type Tokens } from "../cognito/sign-in.ts";
import * as sessions from "./session.repository.ts";

/**
 * Signs in with a recovery code instead of an authenticator code. After a correct password, the code turns off the
 * second factor and ends all sessions, and the owner is notified. Without a second factor, the password is enough, and
 * the code stays unused.
 *
 * @throws credentials-invalid, account-unconfirmed
 * @throws recovery-code-invalid when the password was correct
 */
export async function signInByRecovery(
  ctx: CallContext & { readonly identity: IdentitySettings },
  {
    email,
    password,
    recoveryCode,
  }: { readonly email: string; readonly password: string; readonly recoveryCode: string },
): Promise<{ tokens: Tokens; failure?: unknown }> {
  const { identity } = ctx;
  try {
    return { tokens: await signIn(identity, { email, password }) };
  } catch (error) {
    if (!isProblem(error, "second-factor-required")) throw error;
  }
  const { userId } = await own.find(identity, { email });
  if (!(await spendCode(ctx, userId, recoveryCode))) throw new Problem("recovery-code-invalid");
  await own.setSecondFactor(identity, { userId }, false);
  await own.signOutEverywhere(identity, { userId });
  await sessions.removeAll(userId);
  await removeCodes(userId);
  const tokens = await signIn(identity, { email, password });
  return { tokens, ...(await notify(ctx, { kind: "recovery-code-used", email })) };
}
