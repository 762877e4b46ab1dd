import { createHmac, timingSafeEqual } from "node:crypto";
import { notAuthorized } from "../errors.ts";
import type { PoolClient } from "../pools.ts";

const equal = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Verifies the secret hash, Base64(HMAC-SHA256(secret, username + clientId)), for the user name of the same request. A
 * public client must not send a hash.
 * @throws NotAuthorizedException
 */
export function checkSecretHash({ id, secret }: PoolClient, username: string, hash: string | undefined): void {
  const expected =
    secret &&
    createHmac("sha256", secret)
      .update(username + id)
      .digest("base64");
  if (!equal(expected ?? "", hash ?? "")) throw notAuthorized(`Unable to verify secret hash for client ${id}`);
}

/**
 * Verifies a client's secret, which operations on refresh tokens take in plain text. A public client must not send one.
 * @throws NotAuthorizedException
 */
export function checkClientSecret({ id, secret }: PoolClient, given: string | undefined): void {
  if (!equal(secret ?? "", given ?? "")) throw notAuthorized(`Unable to verify the secret of client ${id}`);
}
