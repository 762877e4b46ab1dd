import type { Challenges } from "../credentials/challenges.ts";
import type { Lockout } from "../credentials/lockout.ts";
import type { Codes } from "../credentials/mailed-codes.ts";
import type { SoftwareTokens } from "../credentials/software-tokens.ts";
import type { Input } from "../input.ts";
import type { SendCode } from "../mailer.ts";
import type { Pools } from "../pools.ts";
import type { Sessions } from "../tokens/sessions.ts";
import type { Tokens } from "../tokens/tokens.ts";
import type { RunTrigger } from "../triggers/triggers.ts";
import type { Users } from "../users.ts";

/** Dependencies of the operations. Each operation declares the ones that it uses. */
export interface Services {
  readonly pools: Pools;
  readonly users: Users;
  readonly codes: Codes;
  readonly lockout: Lockout;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly softwareTokens: SoftwareTokens;
  readonly challenges: Challenges;
  readonly runTrigger: RunTrigger;
  readonly sendCode: SendCode;
}

/**
 * Runs one operation of the API.
 * @throws ServiceError with Cognito's error code and message
 */
export type Operation = (input: Input) => object | Promise<object>;
