import { isObject } from "../../json.ts";
import { checkSecretHash } from "../credentials/client-secrets.ts";
import { isPassword } from "../credentials/passwords.ts";
import { invalidParameter, notAuthorized, unknownOperation, userNotConfirmed, userNotFound } from "../errors.ts";
import { type Input, text, texts } from "../input.ts";
import type { PoolClient } from "../pools.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { User } from "../users.ts";
import { nextChallenge } from "./challenge.ts";
import { completeSignIn, type SignInDependencies } from "./complete-sign-in.ts";
import type { Operation, Services } from "./operation.ts";
import { refreshed } from "./refresh.ts";

type Dependencies = SignInDependencies & Pick<Services, "pools" | "users" | "softwareTokens" | "challenges">;

const parameter = (input: Input, name: string): string => {
  const parameters = input.AuthParameters;
  const value = isObject(parameters) ? parameters[name] : undefined;
  if (typeof value !== "string" || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
};

/**
 * Authenticates a user by name and password.
 * @throws NotAuthorizedException, UserNotFoundException, UserNotConfirmedException (only after the right password)
 */
async function authenticate(input: Input, client: PoolClient, { users, lockout }: Dependencies): Promise<User> {
  const user = users.find(client.pool, parameter(input, "USERNAME"));
  const password = parameter(input, "PASSWORD");
  if (user && lockout.rests(user)) throw notAuthorized("Password attempts exceeded");
  const isRight = await isPassword(password, user?.passwordHash);
  if (!user && !client.hidesUserExistence) throw userNotFound("User does not exist.");
  if (!user || !isRight) {
    if (user) lockout.failed(user);
    throw notAuthorized("Incorrect username or password.");
  }
  if (user.status !== "CONFIRMED") throw userNotConfirmed("User is not confirmed.");
  return user;
}

async function withPassword(input: Input, client: PoolClient, dependencies: Dependencies): Promise<object> {
  const { users, runTrigger } = dependencies;
  const name = parameter(input, "USERNAME");
  checkSecretHash(client, name, texts(input, "AuthParameters").SECRET_HASH);
  const known = users.find(client.pool, name);
  // PreAuthentication runs before the password is checked, so the function can refuse a user in both cases.
  if (known) {
    await runTrigger("preAuthentication", {
      source: "Authentication",
      pool: client.pool,
      clientId: client.id,
      username: known.username,
      userAttributes: attributesForTrigger(known),
      request: { validationData: texts(input, "ClientMetadata") },
    });
  }
  const user = await authenticate(input, client, dependencies);
  // InitiateAuth passes its metadata to PreAuthentication only, so the other triggers get none.
  return nextChallenge(user, client, dependencies) ?? completeSignIn(user, client, {}, dependencies);
}

/** `InitiateAuth` with USER_PASSWORD_AUTH or REFRESH_TOKEN_AUTH. */
export const initiateAuth =
  (dependencies: Dependencies): Operation =>
  async (input) => {
    const client = dependencies.pools.client(text(input, "ClientId"));
    const flow = text(input, "AuthFlow");
    switch (flow) {
      case "USER_PASSWORD_AUTH":
        if (client.flows.has("ALLOW_USER_PASSWORD_AUTH") || client.flows.has("USER_PASSWORD_AUTH"))
          return withPassword(input, client, dependencies);
        throw invalidParameter("USER_PASSWORD_AUTH flow not enabled for this client");
      case "REFRESH_TOKEN":
      case "REFRESH_TOKEN_AUTH":
        // A client with token rotation must use GetTokensFromRefreshToken.
        if (!client.flows.has("ALLOW_REFRESH_TOKEN_AUTH") || client.rotationGraceSeconds !== undefined)
          throw invalidParameter("REFRESH_TOKEN_AUTH flow not enabled for this client");
        if (client.secret !== undefined)
          throw unknownOperation("The local cloud does not support REFRESH_TOKEN_AUTH of a client with a secret.");
        return refreshed(parameter(input, "REFRESH_TOKEN"), client, {}, dependencies);
      default:
        throw invalidParameter(`The local cloud does not support the authentication flow ${flow}`);
    }
  };
