import type { Actor } from "../actor.ts";
import { notify } from "../notice/notice.service.ts";
import { Problem } from "../problem.ts";
import { codesLeft, removeCodes, replaceCodes } from "../recovery/recovery.service.ts";

import type { SecondFactor, SecondFactorEnrolment } from "./account.ts";
import type { AdminSettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import * as repository from "./cognito/second-factor.ts";
import { asOwner, assertOwner, assertOwnerByRecovery, type Proof, type ProofContext } from "./proof.ts";

/** Name that authenticator apps show next to the codes. */
const issuer = "Daybook";

/** The failure to write a notice, if there was one. The change itself succeeded. */
export interface Notified {
  readonly failure?: unknown;
}

/** Returns the state of the second factor and the number of unused recovery codes. @throws user-not-found */
export async function get({ userId }: Actor, identity: AdminSettings): Promise<SecondFactor> {
  const [{ secondFactor }, left] = await Promise.all([own.find(identity, { userId }), codesLeft(userId)]);
  return { enabled: secondFactor, recoveryCodesLeft: secondFactor ? left : 0 };
}

/**
 * Verifies the password and creates a secret for the user's authenticator app. Nothing changes until `confirm`. An
 * active second factor cannot be replaced.
 *
 * @throws second-factor-enabled, password-incorrect, too-many-requests, user-not-found
 */
export async function enrol(
  { userId }: Actor,
  proof: { readonly password: string },
  context: ProofContext,
): Promise<SecondFactorEnrolment> {
  const { email, secondFactor } = await own.find(context.identity, { userId });
  if (secondFactor) throw new Problem("second-factor-enabled");
  const secret = await asOwner(context, { userId, email }, proof, (token) =>
    repository.associate(context.identity, token),
  );
  const label = `${issuer}:${encodeURIComponent(email)}`;
  return { secret, uri: `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer })}` };
}

/**
 * Turns the second factor on. Requires the password and a code from the app that has the new secret.
 *
 * @returns the recovery codes, which cannot be read again
 * @throws second-factor-enabled, second-factor-code-incorrect, password-incorrect, too-many-requests, user-not-found
 */
export async function confirm(
  { userId }: Actor,
  { password, code }: { readonly password: string; readonly code: string },
  context: ProofContext,
): Promise<{ codes: string[] } & Notified> {
  const { identity, clock } = context;
  const { email, secondFactor } = await own.find(identity, { userId });
  if (secondFactor) throw new Problem("second-factor-enabled");
  await asOwner(context, { userId, email }, { password }, (token) => repository.verify(identity, token, code));
  // Store the recovery codes first: a second factor without them could lock the owner out.
  const codes = await replaceCodes(userId, clock);
  await own.setSecondFactor(identity, { userId }, true);
  return { codes, ...(await notify({ kind: "second-factor-on", email }, clock)) };
}

/**
 * Turns the second factor off. Requires the password, and a code from the app or a recovery code. Idempotent.
 *
 * @throws password-incorrect, second-factor-required, second-factor-invalid, recovery-code-invalid
 * @throws too-many-requests, user-not-found
 */
export async function disable(
  { userId }: Actor,
  { recoveryCode, ...proof }: Proof & { readonly recoveryCode?: string | undefined },
  context: ProofContext,
): Promise<Notified> {
  const { identity, clock } = context;
  const { email, secondFactor } = await own.find(identity, { userId });
  if (!secondFactor) return {};
  if (recoveryCode === undefined) await assertOwner(context, userId, proof);
  else await assertOwnerByRecovery(context, userId, { password: proof.password, recoveryCode });
  await own.setSecondFactor(identity, { userId }, false);
  await removeCodes(userId);
  return notify({ kind: "second-factor-off", email }, clock);
}

/**
 * Replaces the recovery codes. Requires the password and a code from the app.
 *
 * @throws second-factor-disabled, password-incorrect, second-factor-required, second-factor-invalid
 * @throws too-many-requests, user-not-found
 */
export async function replaceRecoveryCodes(
  { userId }: Actor,
  proof: Proof,
  context: ProofContext,
): Promise<{ codes: string[] } & Notified> {
  const { email, secondFactor } = await own.find(context.identity, { userId });
  if (!secondFactor) throw new Problem("second-factor-disabled");
  await assertOwner(context, userId, proof);
  const codes = await replaceCodes(userId, context.clock);
  return { codes, ...(await notify({ kind: "recovery-codes-replaced", email }, context.clock)) };
}
