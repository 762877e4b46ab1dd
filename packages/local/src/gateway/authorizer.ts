import type { IncomingMessage } from "node:http";
import { JwtVerifier } from "aws-jwt-verify";
import {
  JwtExpiredError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
  KidNotFoundInJwksError,
} from "aws-jwt-verify/error";
import type { Jwks } from "aws-jwt-verify/jwk";
import type { JwtPayload } from "aws-jwt-verify/jwt-model";
import type { Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import { type HttpResponse, message } from "./response.ts";

/** Returns the public keys of an issuer. */
export type KeySets = (issuer: string) => Promise<{ readonly keys: readonly object[] }>;

export type Authorization =
  | {
      readonly allowed: true;
      /** `requestContext.authorizer` of the event. Missing for a public route. */
      readonly authorizer?:
        | { readonly jwt: { readonly claims: Record<string, string>; readonly scopes: readonly string[] | null } }
        | { readonly iam: Readonly<Record<string, string | null>> };
    }
  | { readonly allowed: false; readonly response: HttpResponse };

export type Authorizer = (request: IncomingMessage, scopes: readonly string[] | undefined) => Promise<Authorization>;

interface AuthorizerInputs {
  readonly identitySources: readonly string[];
  readonly jwtConfiguration: { readonly issuer?: string; readonly audiences?: readonly string[] };
}

class AudienceError extends Error {}
class SegmentsError extends Error {}

const challenge = (error: string, description: string, scope = "") => ({
  "www-authenticate": `Bearer scope="${scope}" error="${error}" error_description="${description}"`,
});

const unauthorized = (description?: string): Authorization => ({
  allowed: false,
  response: message(
    401,
    "Unauthorized",
    description ? challenge("invalid_token", description) : { "www-authenticate": "Bearer" },
  ),
});

const forbidden = (scopes: readonly string[]): Authorization => ({
  allowed: false,
  response: message(
    403,
    "Forbidden",
    challenge("insufficient_scope", "the token does not have a required scope", scopes.join(" ")),
  ),
});

function reason(error: unknown): string {
  if (error instanceof JwtExpiredError) return "the token has expired";
  if (error instanceof JwtNotBeforeError) return "the token is not valid yet";
  if (error instanceof JwtInvalidIssuerError) return "the token does not have a valid issuer";
  if (error instanceof JwtInvalidSignatureError) return "signature is invalid";
  if (error instanceof KidNotFoundInJwksError) return "unable to find a signing key that matches the kid";
  if (error instanceof SegmentsError) return "token contains an invalid number of segments";
  if (error instanceof AudienceError) return "the token does not have a valid audience";
  return "the token is malformed";
}

/**
 * Returns the token from the first identity source that has one, such as `$request.header.Authorization` or
 * `$request.querystring.token`.
 */
function tokenOf(request: IncomingMessage, sources: readonly string[]): string | undefined {
  for (const source of sources) {
    const [, place, name = ""] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    const query = new URLSearchParams(request.url?.split("?")[1] ?? "");
    const value = place === "header" ? request.headers[name.toLowerCase()] : query.get(name);
    if (typeof value === "string" && value !== "") return value.replace(/^Bearer /i, "");
  }
  return undefined;
}

const claimText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.join(" ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

function scopesOf({ scope, scp }: JwtPayload): string[] {
  if (Array.isArray(scp)) return scp.map(String);
  return String(scope ?? scp ?? "").split(" ");
}

/**
 * Checks the audience, and that the token has an expiry. The audience is `aud`, or `client_id` if there is no `aud`.
 */
function checkClaims(payload: JwtPayload, audiences: readonly string[]): void {
  const audience = payload.aud ?? payload.client_id;
  const accepted = [audience].flat().some((each) => audiences.includes(String(each)));
  if (!accepted) throw new AudienceError();
  if (typeof payload.exp !== "number") throw new Error("The token has no expiry.");
}

/**
 * Creates the JWT authorizer of an HTTP API. It does not distinguish access tokens from ID tokens. Routes require a
 * scope for that.
 */
export function createAuthorizer(resource: Resource, keySets: KeySets): Authorizer {
  const { identitySources = [], jwtConfiguration = {} } = inputsOf<AuthorizerInputs>(resource);
  const { issuer = "", audiences = [] } = jwtConfiguration;
  const verifier = JwtVerifier.create({
    issuer,
    audience: null,
    customJwtCheck: ({ payload }) => checkClaims(payload, audiences),
  });
  let keysAreLoaded = false;
  const loadKeys = async () => {
    const { keys } = await keySets(issuer);
    // `KeySets` returns JSON Web Keys. The verifier checks each key that it uses.
    verifier.cacheJwks({ keys } as unknown as Jwks);
    keysAreLoaded = true;
  };

  async function verify(token: string): Promise<JwtPayload> {
    if (token.split(".").length !== 3) throw new SegmentsError();
    if (!keysAreLoaded) await loadKeys();
    try {
      return verifier.verifySync(token);
    } catch (error) {
      if (!(error instanceof KidNotFoundInJwksError)) throw error;
      // The issuer may have a new key.
      await loadKeys();
      return verifier.verifySync(token);
    }
  }

  return async (request, scopes = []) => {
    const token = tokenOf(request, identitySources);
    if (token === undefined) return unauthorized();
    let payload: JwtPayload;
    try {
      payload = await verify(token);
    } catch (error) {
      return unauthorized(reason(error));
    }
    const held = scopesOf(payload);
    if (scopes.length > 0 && !scopes.some((scope) => held.includes(scope))) return forbidden(scopes);
    const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
    return { allowed: true, authorizer: { jwt: { claims, scopes: scopes.length > 0 ? scopes : null } } };
  };
}
