import { createPrivateKey, sign } from "node:crypto";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CognitoIdentityProviderClient, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { type CloudEnv, password, variable } from "../fixtures.ts";

type Claims = Readonly<Record<string, unknown>>;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part = ""): Claims => JSON.parse(Buffer.from(part, "base64url").toString());

/** Returns the claims of a token without verifying it. */
export const claimsOf = (token: string): Claims => decode(token.split(".")[1]);

/** Returns the subject of a token. */
export const subOf = (token: string): unknown => decode(token.split(".")[1]).sub;

/**
 * Signs access tokens with the local user pool's key, which is in the data folder, so tests can use arbitrary claims.
 */
export function openSigner(dataFolder: string) {
  const database = new DatabaseSync(path.join(dataFolder, "cognito.sqlite"), { readOnly: true });
  const row = database.prepare("SELECT kid, private_key FROM signing_key WHERE use = 'access'").get();
  database.close();
  const key = createPrivateKey(String(row?.private_key));
  /** Returns the token with some claims changed, validly signed. */
  return (token: string, changes: Claims): string => {
    const content = `${encode({ kid: row?.kid, alg: "RS256" })}.${encode({ ...decode(token.split(".")[1]), ...changes })}`;
    return `${content}.${sign("RSA-SHA256", Buffer.from(content), key).toString("base64url")}`;
  };
}

/** Returns the token with other claims under its former signature. */
export function forged(token: string, changes: Claims): string {
  const [header, payload, signature] = token.split(".");
  return `${header}.${encode({ ...decode(payload), ...changes })}.${signature}`;
}

/** Returns the token without a signature. */
export const unsigned = (token: string) => `${encode({ alg: "none" })}.${token.split(".")[1]}.`;

/** Returns an ID token of the user from the pool: validly signed for the same client, but not an access token. */
export async function idTokenOf(env: CloudEnv, email: string): Promise<string> {
  const client = new CognitoIdentityProviderClient(settings(env));
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: variable(env, "DAYBOOK_USER_POOL_CLIENT_ID"),
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  client.destroy();
  return AuthenticationResult?.IdToken ?? "";
}

const settings = (env: CloudEnv) => ({
  endpoint: variable(env, "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"),
  region: variable(env, "AWS_REGION"),
  credentials: {
    accessKeyId: variable(env, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: variable(env, "AWS_SECRET_ACCESS_KEY"),
  },
});
