import { isObject } from "../../json.ts";
import type { ChallengeStep } from "../credentials/challenges.ts";
import {
  enableSoftwareTokenMfa,
  expiredCode,
  invalidParameter,
  notAuthorized,
  softwareTokenMfaNotFound,
  unknownOperation,
} from "../errors.ts";
import { type Input, optionalText, text } from "../input.ts";
import type { PoolClient } from "../pools.ts";
import type { User } from "../users.ts";
import { type AdminDependencies, named } from "./admin.ts";
import { type HolderDependencies, holder } from "./current-user.ts";
import type { Operation, Services } from "./operation.ts";

type TokenDependencies = HolderDependencies & Pick<Services, "softwareTokens" | "challenges">;

/**
 * Returns the user who sets up an app: the holder of an access token, or the user of a pending sign-in.
 * @throws InvalidParameterException unless the request has either an access token or a session
 * @throws SoftwareTokenMFANotFoundException if the pool does not allow apps
 */
function owner(input: Input, dependencies: TokenDependencies): { user: User; client: PoolClient; session?: string } {
  const session = optionalText(input, "Session");
  if ((session === undefined) === (optionalText(input, "AccessToken") === undefined))
    throw invalidParameter("Exactly one of AccessToken and Session must be provided");
  const found = session === undefined ? holder(input, dependencies) : waiting(session, dependencies);
  if (!found.client.pool.softwareToken)
    throw softwareTokenMfaNotFound("Software Token MFA has not been enabled by the userPool.");
  return { ...found, ...(session !== undefined && { session }) };
}

function waiting(session: string, { pools, users, challenges }: TokenDependencies) {
  const { sub, clientId } = challenges.open(session, "MFA_SETUP");
  const user = users.bySub(sub);
  if (!user) throw notAuthorized("Invalid session for the user.");
  return { user, client: pools.client(clientId) };
}

/** Replaces the session string with one for the next step. Returns nothing if the request has no session string. */
function handOn(
  { user, client, session }: ReturnType<typeof owner>,
  step: ChallengeStep,
  { challenges }: TokenDependencies,
): { Session?: string } {
  if (session === undefined) return {};
  challenges.spend(session);
  return { Session: challenges.create(user, client, step) };
}

/** `AssociateSoftwareToken`: creates a new secret. It replaces an existing one when its first code is verified. */
export const associateSoftwareToken =
  (dependencies: TokenDependencies): Operation =>
  (input) => {
    const found = owner(input, dependencies);
    const next = handOn(found, "MFA_SETUP", dependencies);
    return { SecretCode: dependencies.softwareTokens.associate(found.user), ...next };
  };

/**
 * `VerifySoftwareToken`: proves that the app has the secret. A sign-in requires codes only after
 * `SetUserMFAPreference`.
 */
export const verifySoftwareToken =
  (dependencies: TokenDependencies): Operation =>
  (input) => {
    const code = text(input, "UserCode");
    if (!/^\d{6}$/.test(code))
      throw invalidParameter(
        "1 validation error detected: Value at 'userCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9]+",
      );
    const found = owner(input, dependencies);
    const { softwareTokens } = dependencies;
    if (softwareTokens.of(found.user).state === "none")
      throw softwareTokenMfaNotFound("Software Token MFA does not exist for the user.");
    const taken = softwareTokens.verify(found.user, code);
    if (taken === "used") throw expiredCode("Your software token has already been used once.");
    if (taken === "mismatch") throw enableSoftwareTokenMfa("Code mismatch and fail enable Software Token MFA");
    return { Status: "SUCCESS", ...handOn(found, "MFA_SETUP verified", dependencies) };
  };

/** Applies the settings of second factors in a request. Settings that it omits do not change. */
function applyPreference(input: Input, user: User, { softwareTokens }: Pick<Services, "softwareTokens">): void {
  for (const other of ["SMSMfaSettings", "EmailMfaSettings"]) {
    const settings = input[other];
    if (isObject(settings) && settings.Enabled === true)
      throw unknownOperation(`The local cloud does not support a second factor by ${other}.`);
  }
  const settings = input.SoftwareTokenMfaSettings;
  if (!isObject(settings)) return;
  const enabled = settings.Enabled === true;
  const { state } = softwareTokens.of(user);
  if (enabled && state === "none") throw invalidParameter("User has not set up software token mfa");
  if (enabled && state === "unverified") throw invalidParameter("User has not verified software token mfa");
  softwareTokens.prefer(user, enabled, settings.PreferredMfa === true);
}

/** `SetUserMFAPreference` */
export const setUserMfaPreference =
  (dependencies: HolderDependencies & Pick<Services, "softwareTokens">): Operation =>
  (input) => {
    applyPreference(input, holder(input, dependencies).user, dependencies);
    return {};
  };

/** `AdminSetUserMFAPreference`: lets a user who has lost the app sign in again. */
export const adminSetUserMfaPreference =
  (dependencies: AdminDependencies): Operation =>
  (input) => {
    applyPreference(input, named(input, dependencies), dependencies);
    return {};
  };
