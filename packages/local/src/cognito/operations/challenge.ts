import { checkSecretHash } from "../credentials/client-secrets.ts";
import { codeMismatch, expiredCode, invalidParameter, notAuthorized } from "../errors.ts";
import { text, texts } from "../input.ts";
import type { PoolClient } from "../pools.ts";
import type { User } from "../users.ts";
import { completeSignIn, type SignInDependencies } from "./complete-sign-in.ts";
import type { Operation, Services } from "./operation.ts";

type ChallengeDependencies = Pick<Services, "softwareTokens" | "challenges">;

/** Returns the challenge after the right password. Undefined if the password is enough. */
export function nextChallenge(
  user: User,
  client: PoolClient,
  { softwareTokens, challenges }: ChallengeDependencies,
): object | undefined {
  const { mfa } = client.pool;
  if (mfa === "OFF") return undefined;
  const { state, enabled } = softwareTokens.of(user);
  const owes = enabled || (mfa === "ON" && state === "verified");
  if (!owes && mfa === "OPTIONAL") return undefined;
  const step = owes ? "SOFTWARE_TOKEN_MFA" : "MFA_SETUP";
  return {
    ChallengeName: step,
    Session: challenges.create(user, client, step),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      ...(!owes && { MFAS_CAN_SETUP: JSON.stringify(["SOFTWARE_TOKEN_MFA"]) }),
    },
  };
}

/**
 * Verifies the code of the user's app.
 * @throws CodeMismatchException, ExpiredCodeException, NotAuthorizedException
 */
function takeCode(user: User, code: string | undefined, { softwareTokens, lockout }: RespondDependencies): void {
  if (!code) throw invalidParameter("Missing required parameter SOFTWARE_TOKEN_MFA_CODE");
  if (lockout.rests(user)) throw notAuthorized("Password attempts exceeded");
  const taken = softwareTokens.take(user, code);
  if (taken === "used") throw expiredCode("Your software token has already been used once.");
  if (taken === "taken") return;
  lockout.failed(user);
  throw codeMismatch("Invalid code received for user");
}

type RespondDependencies = SignInDependencies & ChallengeDependencies & Pick<Services, "pools" | "users">;

/** `RespondToAuthChallenge` with SOFTWARE_TOKEN_MFA, or with MFA_SETUP after the app was verified. */
export const respondToAuthChallenge =
  (dependencies: RespondDependencies): Operation =>
  (input) => {
    const { pools, users, challenges } = dependencies;
    const client = pools.client(text(input, "ClientId"));
    const name = text(input, "ChallengeName");
    if (name !== "SOFTWARE_TOKEN_MFA" && name !== "MFA_SETUP")
      throw invalidParameter(`The local cloud does not support the challenge ${name}`);
    const session = text(input, "Session");
    const responses = texts(input, "ChallengeResponses");
    if (!responses.USERNAME) throw invalidParameter("Missing required parameter USERNAME");
    checkSecretHash(client, responses.USERNAME, responses.SECRET_HASH);
    const { sub, clientId } = challenges.open(session, name === "MFA_SETUP" ? "MFA_SETUP verified" : name);
    const user = users.find(client.pool, responses.USERNAME);
    if (user?.sub !== sub || clientId !== client.id) throw notAuthorized("Invalid session for the user.");
    if (name === "SOFTWARE_TOKEN_MFA") takeCode(user, responses.SOFTWARE_TOKEN_MFA_CODE, dependencies);
    challenges.spend(session);
    return completeSignIn(user, client, texts(input, "ClientMetadata"), dependencies);
  };
