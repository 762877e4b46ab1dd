import { isObject } from "../../json.ts";
import type { Input } from "../input.ts";
import type { PoolClient } from "../pools.ts";
import type { Services } from "../services.ts";
import type { Session } from "../sessions.ts";
import { attributesForTrigger } from "../trigger-attributes.ts";
import type { User } from "../users.ts";

/** What a PreTokenGeneration trigger of the first version asks for. */
function overrideOf(response: Input | undefined) {
  const details = isObject(response?.claimsOverrideDetails) ? response.claimsOverrideDetails : {};
  const { claimsToAddOrOverride: add, claimsToSuppress: suppress } = details;
  return {
    add: isObject(add) ? add : {},
    suppress: Array.isArray(suppress) ? suppress.filter((name) => typeof name === "string") : [],
  };
}

/** The tokens of a session as an operation answers with them, changed by the PreTokenGeneration trigger. */
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
    request: { groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null } },
    response: { claimsOverrideDetails: null },
  });
  return {
    AuthenticationResult: {
      ...tokens.issue(user, client, session, overrideOf(response)),
      ExpiresIn: client.accessTokenSeconds,
      TokenType: "Bearer",
      ...(refreshToken && { RefreshToken: refreshToken }),
    },
    ChallengeParameters: {},
  };
}
