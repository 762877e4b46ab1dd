import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Database } from "../database.ts";
import type { User } from "../users.ts";
import { codeAt, stepAt, toBase32 } from "./totp.ts";

/** As long as Cognito's, which is more than SHA-1 has use for. */
const secretBytes = 32;

/** Clocks run apart: the codes before and after the one of now are as good. */
const toleratedSteps = [0, -1, 1];

/** What a user's software token is like: none, one whose first code is awaited, or one that was verified. */
export interface SoftwareToken {
  readonly state: "none" | "unverified" | "verified";
  /** Whether a sign-in asks for a code. */
  readonly enabled: boolean;
  readonly preferred: boolean;
}

/** `used`: the code is right, and was taken before. */
export type Taken = "taken" | "mismatch" | "used";

/** The secrets that users share with their apps. Unlike passwords they have to be readable, by whoever may read this file. */
export function createSoftwareTokens({ db, transaction }: Database, clock: Clock) {
  const select = db.prepare("SELECT * FROM software_token WHERE sub = ?");
  const associate = db.prepare(
    "INSERT INTO software_token (sub, pending) VALUES (?, ?) ON CONFLICT (sub) DO UPDATE SET pending = excluded.pending",
  );
  const verify = db.prepare("UPDATE software_token SET secret = pending, pending = NULL WHERE sub = ?");
  const prefer = db.prepare("UPDATE software_token SET enabled = ?, preferred = ? WHERE sub = ?");
  const use = db.prepare("INSERT OR IGNORE INTO software_token_use (sub, step) VALUES (?, ?)");
  const forgetUses = db.prepare("DELETE FROM software_token_use WHERE sub = ? AND step < ?");

  /** The step whose code it is; undefined when it is none of now. */
  function stepOf(secret: string, code: string): number | undefined {
    const now = stepAt(clock.now());
    return toleratedSteps.map((each) => now + each).find((step) => codeAt(secret, step) === code);
  }

  /** Spends a step: of two requests with the same code, one alone succeeds. */
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

    /** A new secret. The one before it stays until a code of the new one was verified. */
    associate(user: User): string {
      const secret = toBase32(randomBytes(secretBytes));
      associate.run(user.sub, secret);
      return secret;
    },

    /** Takes the first code of the new secret, which replaces the old one then. */
    verify(user: User, code: string): Taken {
      return transaction(() => {
        const { pending, secret } = select.get(user.sub) ?? {};
        const awaited = pending ?? secret;
        const step = typeof awaited === "string" ? stepOf(awaited, code) : undefined;
        if (pending && step !== undefined) {
          verify.run(user.sub);
          // What was taken of the old secret are other codes.
          forgetUses.run(user.sub, Number.MAX_SAFE_INTEGER);
        }
        return spend(user, step);
      });
    },

    /** Takes a code of the verified secret. */
    take(user: User, code: string): Taken {
      return transaction(() => {
        const secret = select.get(user.sub)?.secret;
        return spend(user, typeof secret === "string" ? stepOf(secret, code) : undefined);
      });
    },

    /** Whether a sign-in asks for a code. The secret stays, whatever is chosen. */
    prefer: (user: User, enabled: boolean, preferred: boolean) =>
      void prefer.run(Number(enabled), Number(enabled && preferred), user.sub),
  };
}

export type SoftwareTokens = ReturnType<typeof createSoftwareTokens>;
