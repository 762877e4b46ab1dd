import { createHmac } from "node:crypto";
import type { PoolClient } from "./client.ts";

/**
 * Proof that a request about a user comes from the client itself, which Cognito calls a secret hash:
 * Base64(HMAC-SHA256(secret, user name + client id)), with the user name exactly as the same request carries it.
 */
export const secretHash = ({ id, secret }: PoolClient, username: string): string =>
  createHmac("sha256", secret())
    .update(username + id())
    .digest("base64");
