import { randomBytes } from "node:crypto";
import type { Database } from "../../sqlite.ts";
import type { Clock } from "../clock.ts";
import type { User } from "../users.ts";
import { codeAt, stepAt, toBase32 } from "./totp.ts";

/** Length of a secret in bytes, the same as Cognito's. RFC 4226 recommends 20 for SHA-1. */
const secretBytes = 32;

/** Steps whose codes are accepted, relative to the current one, because clocks differ. */
const toleratedSteps = [0, -1, 1];

/** State of a user's software token: none, associated but not verified, or verified. */
export interface SoftwareToken {
  readonly state: "none" | "unverified" | "verified";
  /** Whether a sign-in requires a code. */
  readonly enabled: boolean;
  readonly preferred: boolean;
}

/** Result of a verification. `used`: the code is right, but was used before. */
export type Taken = "taken" | "mismatch" | "used";

/** Stores the TOTP secrets. The server computes codes from them, so they are stored in plain text, unlike passwords. */
export function createSoftwareTokens({ db, transaction }: Database, clock: Clock) {
  const select = db.prepare("SELECT * FROM software_token WHERE sub = ?");
  const associate = db.prepare(
    "INSERT INTO software_token (sub, pending) VALUES (?, ?) ON CONFLICT (sub) DO UPDATE SET pending = excluded.pending",
  );
  const verify = db.prepare("UPDATE software_token SET secret = pending, pending = NULL WHERE sub = ?");
  const prefer = db.prepare("UPDATE software_token SET enabled = ?, preferred = ? WHERE sub = ?");
  const use = db.prepare("INSERT OR IGNORE INTO software_token_use (sub, step) VALUES (?, ?)");
  const forgetUses = db.prepare("DELETE FROM software_token_use WHERE sub = ? AND step < ?");

  /** Returns the step that a code belongs to. Undefined if it is not a code of an accepted step. */
  function stepOf(secret: string, code: string): number | undefined {
    const now = stepAt(clock.now());
    return toleratedSteps.map((each) => now + each).find((step) => codeAt(secret, step) === code);
  }

  /** Uses up a step, so that only one of two requests with the same code succeeds. */
  function spend(user: User, step: number | undefined): Taken {
    if (step === undefined) return "mismatch";
    forgetUses.run(user.sub, step - toleratedSteps.length);
    return use.run(user.sub, step).changes === 1 ? "taken" : "used";
  }

  return {
    of(user: User): SoftwareToken {
      const row = select.get(user.sub);
      const state = row?.secret ? "verified" : row?.pending ? "unverified" : "none";
      return { state, enabled: row?.enabled === 1, preferred: row?.preferred === 1 };
    },

    /** Creates a new secret. The previous one remains valid until a code of the new one is verified. */
    associate(user: User): string {
      const secret = toBase32(randomBytes(secretBytes));
      associate.run(user.sub, secret);
      return secret;
    },

    /** Verifies the first code of a new secret, which then replaces the old one. */
    verify(user: User, code: string): Taken {
      return transaction(() => {
        const { pending, secret } = select.get(user.sub) ?? {};
        const awaited = pending ?? secret;
        const step = typeof awaited === "string" ? stepOf(awaited, code) : undefined;
        if (pending && step !== undefined) {
          verify.run(user.sub);
          // The used steps refer to codes of the old secret.
          forgetUses.run(user.sub, Number.MAX_SAFE_INTEGER);
        }
        return spend(user, step);
      });
    },

    /** Verifies a code of the verified secret and uses it up. */
    take(user: User, code: string): Taken {
      return transaction(() => {
        const secret = select.get(user.sub)?.secret;
        return spend(user, typeof secret === "string" ? stepOf(secret, code) : undefined);
      });
    },

    /** Sets whether a sign-in requires a code. Keeps the secret in both cases. */
    prefer: (user: User, enabled: boolean, preferred: boolean) =>
      void prefer.run(Number(enabled), Number(enabled && preferred), user.sub),
  };
}

export type SoftwareTokens = ReturnType<typeof createSoftwareTokens>;
