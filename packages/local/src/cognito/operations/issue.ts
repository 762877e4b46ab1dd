import { isObject } from "../../json.ts";
import { invalidLambdaResponse, unknownOperation } from "../errors.ts";
import type { Input } from "../input.ts";
import type { Pool, PoolClient } from "../pools.ts";
import type { Session } from "../tokens/sessions.ts";
import { type TokenOverride, userScope } from "../tokens/tokens.ts";
import { attributesForTrigger } from "../triggers/trigger-attributes.ts";
import type { User } from "../users.ts";
import type { Services } from "./operation.ts";

const object = (value: unknown): Input => (isObject(value) ? value : {});

/**
 * Returns a list of names from the trigger's response.
 * @throws InvalidLambdaResponseException
 */
function names(details: Input, member: string): readonly string[] {
  const value = details[member] ?? [];
  if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
  throw invalidLambdaResponse("Unrecognizable lambda output");
}

/** Reads the changes that a PreTokenGeneration trigger asks for. Throws an error that names an unsupported change. */
function overrideOf(response: Input | undefined, version: Pool["preTokenGenerationVersion"]): TokenOverride {
  const both = object(response?.[version === "2" ? "claimsAndScopeOverrideDetails" : "claimsOverrideDetails"]);
  const id = version === "2" ? object(both.idTokenGeneration) : both;
  const access = version === "2" ? object(both.accessTokenGeneration) : {};
  if (both.groupOverrideDetails) throw unsupported("groups");
  if (access.claimsToAddOrOverride || access.claimsToSuppress) throw unsupported("claims of access tokens");
  const scopesToAdd = names(access, "scopesToAdd");
  if (scopesToAdd.some((scope) => scope === "" || /\s/.test(scope)))
    throw invalidLambdaResponse("Unrecognizable lambda output");
  return {
    claimsToAdd: object(id.claimsToAddOrOverride),
    claimsToSuppress: names(id, "claimsToSuppress"),
    scopesToAdd,
    scopesToSuppress: names(access, "scopesToSuppress"),
  };
}

const unsupported = (what: string) =>
  unknownOperation(`The local cloud does not support a PreTokenGeneration trigger that changes ${what}.`);

/** Members of the event that only PreTokenGeneration has, by event version. */
const eventOf = ({ preTokenGenerationVersion: version }: Pool) => {
  const groupConfiguration = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };
  return version === "2"
    ? {
        request: { groupConfiguration, scopes: [userScope] },
        response: { claimsAndScopeOverrideDetails: null },
      }
    : { request: { groupConfiguration }, response: { claimsOverrideDetails: null } };
};

/**
 * Issues the tokens of a session, with the changes of the PreTokenGeneration trigger, in the format of the API's
 * response.
 */
export async function issueTokens(
  { tokens, runTrigger }: Pick<Services, "tokens" | "runTrigger">,
  {
    user,
    client,
    session,
    refreshToken,
    source,
    clientMetadata,
  }: {
    user: User;
    client: PoolClient;
    session: Session;
    refreshToken?: string | undefined;
    source: "Authentication" | "RefreshTokens";
    clientMetadata: Readonly<Record<string, string>>;
  },
) {
  const response = await runTrigger("preTokenGeneration", {
    source,
    pool: client.pool,
    clientId: client.id,
    username: user.username,
    userAttributes: attributesForTrigger(user),
    clientMetadata,
    ...eventOf(client.pool),
  });
  return {
    AuthenticationResult: {
      ...tokens.issue(user, client, session, overrideOf(response, client.pool.preTokenGenerationVersion)),
      ExpiresIn: client.accessTokenSeconds,
      TokenType: "Bearer",
      ...(refreshToken && { RefreshToken: refreshToken }),
    },
    ChallengeParameters: {},
  };
}
