import * as emailChange from "../account/cognito/email-change.ts";
import * as own from "../account/cognito/own-account.ts";
import { asOwner, type OwnerContext, type Proof } from "../account/proof.ts";
import * as attempts from "../attempt/attempt.service.ts";
import { notify } from "../notice/notice.service.ts";
import { Problem } from "../problem.ts";
import * as users from "../user/user.service.ts";

/**
 * Emails a code to a new address. Nothing changes until `confirm`.
 *
 * @throws email-unchanged, password-incorrect, second-factor-required, second-factor-invalid
 * @throws user-not-found, too-many-requests
 */
export async function request(
  ctx: OwnerContext,
  { newEmail, ...proof }: Proof & { readonly newEmail: string },
): Promise<void> {
  const account = await own.find(ctx.identity, ctx.actor);
  if (account.email === newEmail) {
    // Completes a change that was interrupted after the user pool had made it.
    await users.changeEmail(ctx, newEmail);
    throw new Problem("email-unchanged");
  }
  await asOwner(ctx, account.email, proof, async (token) => {
    await attempts.begin(ctx, "mail", newEmail);
    await emailChange.mailCode(ctx.identity, token, newEmail);
  });
}

/**
 * Changes the address with the emailed code: first in the user pool, then in the profile. Notifies the previous
 * address. If a step fails after the first one, repeat the call: it does not need the code again.
 *
 * @returns the secret of the browser's device cookie, because the new address recognizes this browser from now on, and
 * the failure of the notice, if there was one
 * @throws confirmation-code-invalid, password-incorrect, second-factor-required, second-factor-invalid
 * @throws user-not-found, too-many-requests
 */
export async function confirm(
  ctx: OwnerContext,
  { newEmail, emailCode, ...proof }: Proof & { readonly newEmail: string; readonly emailCode: string },
): Promise<{ device: string; failure?: unknown }> {
  const { identity, actor } = ctx;
  const account = await own.find(identity, actor);
  const attempt = await attempts.begin(ctx, "code", newEmail);
  await asOwner(ctx, account.email, proof, async (token) => {
    if (account.email !== newEmail) await emailChange.verify(identity, token, emailCode);
  });
  // The code is that of the latest request, which may have been for another address.
  const { email: verified } = await own.find(identity, actor);
  const previous = await users.changeEmail(ctx, verified);
  const device = await attempt.succeedAndRemember("code", "mail", "password");
  if (previous === verified) return { device };
  await attempts.forget(previous);
  return { device, ...(await notify(ctx, { kind: "email-changed", email: previous })) };
}
