import { createHmac } from "node:crypto";
import type { PoolClient } from "./client.ts";

/**
 * Returns Cognito's secret hash, which proves that a request comes from the client. The user name must be the one in
 * the same request.
 *
 * Base64(HMAC-SHA256(secret, user name + client id))
 */
export const secretHash = ({ id, secret }: PoolClient, username: string): string =>
  createHmac("sha256", secret())
    .update(username + id())
    .digest("base64");
