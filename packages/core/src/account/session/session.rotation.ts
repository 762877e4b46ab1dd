import { randomBytes } from "node:crypto";

/**
 * The changing part of a session's cookie. A cookie is valid with the current value or the one before. Any other value
 * is from a copy of the cookie.
 */
export interface Rotation {
  readonly current: string;
  readonly previous?: string | undefined;
  /** When the current value replaced the previous one (ISO 8601). */
  readonly at?: string | undefined;
}

const bytes = 12;
export const rotationLength = bytes;

const newValue = () => randomBytes(bytes).toString("base64url");

export const newRotation = (): Rotation => ({ current: newValue() });

/**
 * After a rotation, the previous value stays valid for this long, and there is no other rotation: tabs that refresh at
 * the same time all get the same new cookie. Equal to the grace period of the user pool's refresh tokens. Milliseconds.
 */
const graceMs = 60_000;

/**
 * Returns the rotation after a refresh with a cookie that has the value `sent`, or "reused" if the cookie is a copy.
 *
 * Examples: the current value is `b`, the previous one `a`.
 *
 * - `b` is replaced by `c`, and `b` becomes the previous value. Within the grace period, nothing changes.
 * - `a` within the grace period is from another tab, which gets `b`.
 * - `a` after the grace period: `b` was never used, or it would be the previous value. Its response was lost, or went
 *   to a thief. `c` replaces `b`, so the next rule refuses `b`.
 * - Any other value was replaced earlier, so someone has a copy.
 */
export function rotate({ current, previous, at }: Rotation, sent: string, now: Date): Rotation | "reused" {
  if (sent !== current && sent !== previous) return "reused";
  const recent = at !== undefined && now.getTime() < Date.parse(at) + graceMs;
  return recent ? { current, previous, at } : { current: newValue(), previous: sent, at: now.toISOString() };
}
