import { randomUUID, sign, verify } from "node:crypto";
import { isObject } from "../../json.ts";
import { type Clock, secondsOf } from "../clock.ts";
import { notAuthorized } from "../errors.ts";
import type { Input } from "../input.ts";
import type { Pool, PoolClient, Pools } from "../pools.ts";
import type { User } from "../users.ts";
import type { PoolKeys, SigningKey } from "./keys.ts";
import type { Session } from "./sessions.ts";

/** Scope of tokens that the API's sign-in issues. It covers only the user's own data in Cognito. */
export const userScope = "aws.cognito.signin.user.admin";

/** Changes by a PreTokenGeneration trigger: to the claims of the ID token and the scopes of the access token. */
export interface TokenOverride {
  readonly claimsToAdd: Readonly<Record<string, unknown>>;
  readonly claimsToSuppress: readonly string[];
  readonly scopesToAdd: readonly string[];
  readonly scopesToSuppress: readonly string[];
}

const scopesOf = ({ scopesToAdd, scopesToSuppress }: TokenOverride) =>
  [...new Set([userScope, ...scopesToAdd])].filter((scope) => !scopesToSuppress.includes(scope)).join(" ");

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function decode(part: string): Input {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function jwt(claims: object, { kid, privateKey }: SigningKey): string {
  const content = `${encode({ kid, alg: "RS256" })}.${encode(claims)}`;
  return `${content}.${sign("RSA-SHA256", Buffer.from(content), privateKey).toString("base64url")}`;
}

/** In an ID token, `*_verified` attributes are booleans, and all others are strings. */
const idAttribute = ([name, value]: [string, string]) => [name, name.endsWith("_verified") ? value === "true" : value];

/** Signs and verifies the tokens of the pools. */
export function createTokens(pools: Pools, keys: ReadonlyMap<string, PoolKeys>, clock: Clock) {
  const keysFor = (pool: Pool): PoolKeys => {
    const own = keys.get(pool.id);
    if (!own) throw new Error(`The user pool ${pool.id} has no keys.`);
    return own;
  };

  return {
    /** Issues an access token and an ID token of a session, at the current time. */
    issue(user: User, client: PoolClient, session: Session, override: TokenOverride) {
      const { pool } = client;
      const iat = secondsOf(clock);
      const shared = { sub: user.sub, iss: pool.issuer, origin_jti: session.originJti, event_id: randomUUID() };
      const times = { auth_time: session.authTime, iat };
      const access = {
        ...shared,
        client_id: client.id,
        token_use: "access",
        scope: scopesOf(override),
        ...times,
        exp: iat + client.accessTokenSeconds,
        jti: randomUUID(),
        username: user.username,
      };
      const readable = Object.entries(user.attributes).filter(([name]) => client.readable?.has(name) ?? true);
      const own = { ...Object.fromEntries(readable.map(idAttribute)), ...override.claimsToAdd };
      const id = {
        ...Object.fromEntries(Object.entries(own).filter(([name]) => !override.claimsToSuppress.includes(name))),
        ...shared,
        "cognito:username": user.username,
        aud: client.id,
        token_use: "id",
        ...times,
        exp: iat + client.idTokenSeconds,
        jti: randomUUID(),
      };
      const { access: accessKey, id: idKey } = keysFor(pool);
      return { AccessToken: jwt(access, accessKey), IdToken: jwt(id, idKey) };
    },

    /**
     * Returns the claims of an access token after checking its signature, use, expiry and scope.
     * @throws NotAuthorizedException
     */
    readAccessToken(token: string): { sub: string; originJti: string } {
      const [header = "", payload = "", signature = "", ...rest] = token.split(".");
      const claims = decode(payload);
      const pool = pools.all.find(({ issuer }) => issuer === claims.iss);
      const { alg, kid } = decode(header);
      const key = pool && keysFor(pool).access;
      const isSigned =
        rest.length === 0 &&
        key !== undefined &&
        alg === "RS256" &&
        kid === key.kid &&
        verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), key.publicKey, Buffer.from(signature, "base64url"));
      if (!isSigned || claims.token_use !== "access") throw notAuthorized("Invalid Access Token");
      if (secondsOf(clock) >= Number(claims.exp)) throw notAuthorized("Access Token has expired");
      if (!String(claims.scope).split(" ").includes(userScope))
        throw notAuthorized("Access Token does not have required scopes");
      return { sub: String(claims.sub), originJti: String(claims.origin_jti) };
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;
