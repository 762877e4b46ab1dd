import { checkClientSecret } from "../credentials/client-secrets.ts";
import {
  invalidParameter,
  notAuthorized,
  unauthorized,
  unsupportedOperation,
  unsupportedTokenType,
} from "../errors.ts";
import { optionalText, text, texts } from "../input.ts";
import type { PoolClient } from "../pools.ts";
import { issueTokens } from "./issue.ts";
import type { Operation, Services } from "./operation.ts";

type Dependencies = Pick<Services, "users" | "sessions" | "tokens" | "runTrigger">;

/**
 * Issues new tokens for a refresh token.
 * @throws NotAuthorizedException, RefreshTokenReuseException
 */
export async function refreshed(
  token: string,
  client: PoolClient,
  clientMetadata: Readonly<Record<string, string>>,
  dependencies: Dependencies,
): Promise<object> {
  const { session, refreshToken } = dependencies.sessions.refresh(token, client);
  const user = dependencies.users.bySub(session.sub);
  if (!user) throw notAuthorized("Invalid Refresh Token");
  return issueTokens(dependencies, { user, client, session, refreshToken, source: "RefreshTokens", clientMetadata });
}

/**
 * `GetTokensFromRefreshToken`: returns a new refresh token if the client rotates tokens. Otherwise the old one remains
 * valid.
 */
export const getTokensFromRefreshToken =
  (dependencies: Dependencies & Pick<Services, "pools">): Operation =>
  (input) => {
    const client = dependencies.pools.client(text(input, "ClientId"));
    if (client.rotationGraceSeconds === undefined && !client.flows.has("ALLOW_REFRESH_TOKEN_AUTH"))
      throw invalidParameter("REFRESH_TOKEN_AUTH flow not enabled for this client");
    checkClientSecret(client, optionalText(input, "ClientSecret"));
    return refreshed(text(input, "RefreshToken"), client, texts(input, "ClientMetadata"), dependencies);
  };

/** `RevokeToken`: revokes the session of a refresh token, with all its tokens. Idempotent. */
export const revokeToken =
  ({ pools, sessions }: Pick<Services, "pools" | "sessions">): Operation =>
  (input) => {
    const client = pools.client(text(input, "ClientId"));
    const token = text(input, "Token");
    checkClientSecret(client, optionalText(input, "ClientSecret"));
    if (!client.revocable) throw unsupportedOperation("Token revocation is not enabled for this client");
    if (token.split(".").length === 3) throw unsupportedTokenType("Unsupported token type");
    const session = sessions.byToken(token);
    if (!session) throw invalidParameter("Invalid token");
    if (session.clientId !== client.id) throw unauthorized("Invalid client for the token");
    sessions.revoke(session);
    return {};
  };
