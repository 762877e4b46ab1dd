import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { SessionId, UserId } from "../ids.ts";

const userIdLength = "usr_".length + 36;
const sessionIdLength = "ses_".length + 26;
const secretLength = 32;

/** What the session cookie holds: which session it is, and a secret that only the browser keeps. */
export interface SessionToken {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly secret: Buffer;
}

/** A token with a new secret of 256 bits. */
export const newSessionToken = (userId: UserId, sessionId: SessionId): SessionToken => ({
  userId,
  sessionId,
  secret: randomBytes(secretLength),
});

/** The token as the value of a cookie. */
export const encodeSessionToken = ({ userId, sessionId, secret }: SessionToken): string =>
  Buffer.concat([Buffer.from(userId + sessionId), secret]).toString("base64url");

/** Reads the value of a cookie; nothing when it is not a token. */
export function decodeSessionToken(value: string): SessionToken | undefined {
  const bytes = Buffer.from(value, "base64url");
  if (bytes.length !== userIdLength + sessionIdLength + secretLength) return undefined;
  const ids = bytes.subarray(0, userIdLength + sessionIdLength).toString();
  const userId = UserId.safeParse(ids.slice(0, userIdLength));
  const sessionId = SessionId.safeParse(ids.slice(userIdLength));
  if (!userId.success || !sessionId.success) return undefined;
  return { userId: userId.data, sessionId: sessionId.data, secret: bytes.subarray(userIdLength + sessionIdLength) };
}

/** What the database keeps of the secret: enough to recognise it. */
export const hashOf = ({ secret }: SessionToken): string => createHash("sha256").update(secret).digest("base64url");

/** Whether the token holds the secret that was hashed; takes the same time for every answer. */
export const matches = (token: SessionToken, hash: string): boolean =>
  timingSafeEqual(createHash("sha256").update(hash).digest(), createHash("sha256").update(hashOf(token)).digest());

/** Encrypts a refresh token under a key that only the cookie can give: neither it nor the database alone reveals anything. */
export function seal(token: SessionToken, refreshToken: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(token), nonce).setAAD(context(token));
  const sealed = Buffer.concat([cipher.update(refreshToken, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Decrypts what `seal` made. @throws Error when token and text do not belong together */
export function unseal(token: SessionToken, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(token), bytes.subarray(0, 12), { authTagLength: 16 })
    .setAAD(context(token))
    .setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

const keyOf = ({ secret, sessionId }: SessionToken) =>
  new Uint8Array(hkdfSync("sha256", secret, sessionId, "daybook refresh token", 32));

const context = ({ userId, sessionId }: SessionToken) => Buffer.from(userId + sessionId);
