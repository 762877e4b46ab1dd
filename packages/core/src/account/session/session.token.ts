import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { SessionId, UserId } from "../../ids.ts";
import { newRotation, rotationLength } from "./session.rotation.ts";

const userIdLength = "usr_".length + 36;
const sessionIdLength = "ses_".length + 26;
const secretLength = 32;

/**
 * Content of the session cookie: the ids of the session, a secret that only the browser keeps, and a value that a
 * refresh replaces. A cookie that was set before cookies rotated has an empty value.
 */
export interface SessionToken {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly secret: Buffer;
  readonly rotation: string;
}

/** Creates a token with a random secret of 256 bits and a first rotation. */
export const newSessionToken = (userId: UserId, sessionId: SessionId): SessionToken => ({
  userId,
  sessionId,
  secret: randomBytes(secretLength),
  rotation: newRotation().current,
});

/** Encodes a token as a cookie value. */
export const encodeSessionToken = ({ userId, sessionId, secret, rotation }: SessionToken): string =>
  Buffer.concat([Buffer.from(userId + sessionId), secret, Buffer.from(rotation, "base64url")]).toString("base64url");

/** Decodes a cookie value. Returns undefined if it is not a token, such as one with a missing byte. */
export function decodeSessionToken(value: string): SessionToken | undefined {
  const bytes = Buffer.from(value, "base64url");
  const secretStart = userIdLength + sessionIdLength;
  const secretEnd = secretStart + secretLength;
  if (bytes.length !== secretEnd && bytes.length !== secretEnd + rotationLength) return undefined;
  const ids = bytes.subarray(0, secretStart).toString();
  const userId = UserId.safeParse(ids.slice(0, userIdLength));
  const sessionId = SessionId.safeParse(ids.slice(userIdLength));
  if (!userId.success || !sessionId.success) return undefined;
  const secret = bytes.subarray(secretStart, secretEnd);
  const rotation = bytes.subarray(secretEnd).toString("base64url");
  return { userId: userId.data, sessionId: sessionId.data, secret, rotation };
}

/** Hash of the secret, which the database stores instead of the secret. */
export const hashOf = ({ secret }: SessionToken): string => createHash("sha256").update(secret).digest("base64url");

/** Returns whether the token contains the secret with this hash. Takes the same time for every result. */
export const matches = (token: SessionToken, hash: string): boolean =>
  timingSafeEqual(createHash("sha256").update(hash).digest(), createHash("sha256").update(hashOf(token)).digest());

/**
 * Encrypts a refresh token with a key derived from the cookie's secret. Decryption needs both: a copy of the database
 * without the cookies, or a cookie without the database, reveals no refresh token.
 */
export function seal(token: SessionToken, refreshToken: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(token), nonce).setAAD(context(token));
  const sealed = Buffer.concat([cipher.update(refreshToken, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Decrypts the result of `seal`. @throws Error when it was encrypted with another token, or was changed */
export function unseal(token: SessionToken, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(token), bytes.subarray(0, 12), { authTagLength: 16 })
    .setAAD(context(token))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

const keyOf = ({ secret, sessionId }: SessionToken) =>
  new Uint8Array(hkdfSync("sha256", secret, sessionId, "refresh token", 32));

const context = ({ userId, sessionId }: SessionToken) => Buffer.from(userId + sessionId);
