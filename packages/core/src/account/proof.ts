import type { UserId } from "../ids.ts";
import type { IdentitySettings } from "./cognito.ts";
import * as own from "./own-account.repository.ts";
import { signInOnServer } from "./sign-in.repository.ts";

/** What a signed-in user proves a sensitive change with; the code where the account has a second factor. */
export interface Proof {
  readonly password: string;
  readonly code?: string | undefined;
}

/**
 * Resolves when the proof is the user's: an access token alone, such as that of a tab left open, is not enough for a sensitive change.
 * A code is spent by it.
 *
 * @throws PasswordIncorrectError, SecondFactorRequiredError, SecondFactorInvalidError, TooManyRequestsError, UserNotFoundError
 */
export async function assertOwner(identity: IdentitySettings, userId: UserId, proof: Proof): Promise<void> {
  await asOwner(identity, userId, proof, async () => undefined);
}

/**
 * Proves the user as `assertOwner` does, and carries out what Cognito does for the user's own access token alone
 * (`AssociateSoftwareToken`, `VerifySoftwareToken`). The token must not leave `work`; it expires within minutes, and nothing renews it.
 *
 * @throws PasswordIncorrectError, SecondFactorRequiredError, SecondFactorInvalidError, TooManyRequestsError, UserNotFoundError
 */
export async function asOwner<Result>(
  identity: IdentitySettings,
  userId: UserId,
  { password, code }: Proof,
  work: (accessToken: string) => Promise<Result>,
): Promise<Result> {
  const { email } = await own.find(identity, { userId });
  const { accessToken } = await signInOnServer(identity, { email, password, code });
  return work(accessToken);
}
