/**
 * Lifetime of a session, equal to the lifetime of the user pool's refresh tokens. A rotation does not extend it: a
 * session created on November 21 at 10:00 ends on December 21 at 10:00, even if it was refreshed on December 20.
 */
const sessionSeconds = 30 * 24 * 60 * 60;

/** A session that is not refreshed for this long ends. */
const idleSeconds = 14 * 24 * 60 * 60;

/** Returns the end of a session in epoch seconds, unless it is refreshed before. */
export const endOf = ({ createdAt, lastUsedAt }: { readonly createdAt: string; readonly lastUsedAt: string }): number =>
  Math.floor(
    Math.min(Date.parse(createdAt) + sessionSeconds * 1000, Date.parse(lastUsedAt) + idleSeconds * 1000) / 1000,
  );
