import * as brand from "../brand.ts";
import type { UserContext } from "../call-context.ts";
import { notify } from "../notice/notice.service.ts";
import { Problem } from "../problem.ts";
import { codesLeft, removeCodes, replaceCodes } from "../recovery/recovery.service.ts";

import type { SecondFactor, SecondFactorEnrolment } from "./account.ts";
import type { AdminSettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import * as repository from "./cognito/second-factor.ts";
import { asOwner, assertOwner, assertOwnerByRecovery, type OwnerContext, type Proof } from "./proof.ts";

/** Name that authenticator apps show next to the codes. */
const issuer = encodeURIComponent(brand.name);

/** The failure to write a notice, if there was one. The change itself succeeded. */
export interface Notified {
  readonly failure?: unknown;
}

/** Returns the state of the second factor and the number of unused recovery codes. @throws user-not-found */
export async function get({
  actor,
  identity,
}: UserContext & { readonly identity: AdminSettings }): Promise<SecondFactor> {
  const [{ secondFactor }, left] = await Promise.all([own.find(identity, actor), codesLeft(actor.userId)]);
  return { enabled: secondFactor, recoveryCodesLeft: secondFactor ? left : 0 };
}

/**
 * Verifies the password and creates a secret for the user's authenticator app. Nothing changes until `confirm`. An
 * active second factor cannot be replaced.
 *
 * @throws second-factor-enabled, password-incorrect, too-many-requests, user-not-found
 */
export async function enrol(ctx: OwnerContext, proof: { readonly password: string }): Promise<SecondFactorEnrolment> {
  const { email, secondFactor } = await own.find(ctx.identity, ctx.actor);
  if (secondFactor) throw new Problem("second-factor-enabled");
  const secret = await asOwner(ctx, email, proof, (token) => repository.associate(ctx.identity, token));
  const label = `${issuer}:${encodeURIComponent(email)}`;
  return { secret, uri: `otpauth://totp/${label}?secret=${secret}&issuer=${issuer}` };
}

/**
 * Turns the second factor on. Requires the password and a code from the app that has the new secret.
 *
 * @returns the recovery codes, which cannot be read again
 * @throws second-factor-enabled, second-factor-code-incorrect, password-incorrect, too-many-requests, user-not-found
 */
export async function confirm(
  ctx: OwnerContext,
  { password, code }: { readonly password: string; readonly code: string },
): Promise<{ codes: string[] } & Notified> {
  const { identity, actor } = ctx;
  const { email, secondFactor } = await own.find(identity, actor);
  if (secondFactor) throw new Problem("second-factor-enabled");
  await asOwner(ctx, email, { password }, (token) => repository.verify(identity, token, code));
  // Store the recovery codes first: a second factor without them could lock the owner out.
  const codes = await replaceCodes(ctx, actor.userId);
  await own.setSecondFactor(identity, actor, true);
  return { codes, ...(await notify(ctx, { kind: "second-factor-on", email })) };
}

/**
 * Turns the second factor off. Requires the password, and a code from the app or a recovery code. Idempotent.
 *
 * @throws password-incorrect, second-factor-required, second-factor-invalid, recovery-code-invalid
 * @throws too-many-requests, user-not-found
 */
export async function disable(
  ctx: OwnerContext,
  { recoveryCode, ...proof }: Proof & { readonly recoveryCode?: string | undefined },
): Promise<Notified> {
  const { identity, actor } = ctx;
  const { email, secondFactor } = await own.find(identity, actor);
  if (!secondFactor) return {};
  if (recoveryCode === undefined) await assertOwner(ctx, proof);
  else await assertOwnerByRecovery(ctx, { password: proof.password, recoveryCode });
  await own.setSecondFactor(identity, actor, false);
  await removeCodes(actor.userId);
  return notify(ctx, { kind: "second-factor-off", email });
}

/**
 * Replaces the recovery codes. Requires the password and a code from the app.
 *
 * @throws second-factor-disabled, password-incorrect, second-factor-required, second-factor-invalid
 * @throws too-many-requests, user-not-found
 */
export async function replaceRecoveryCodes(ctx: OwnerContext, proof: Proof): Promise<{ codes: string[] } & Notified> {
  const { email, secondFactor } = await own.find(ctx.identity, ctx.actor);
  if (!secondFactor) throw new Problem("second-factor-disabled");
  await assertOwner(ctx, proof);
  const codes = await replaceCodes(ctx, ctx.actor.userId);
  return { codes, ...(await notify(ctx, { kind: "recovery-codes-replaced", email })) };
}
