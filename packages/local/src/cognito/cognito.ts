import { createFaults, type Faults } from "../faults.ts";
import { type FrontOptions, startFront } from "../iam/front.ts";
import type { Ground } from "../service.ts";
import type { Emulator, Invoker, Mailbox } from "../service-types.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createChallenges } from "./credentials/challenges.ts";
import { createLockout } from "./credentials/lockout.ts";
import { createCodes } from "./credentials/mailed-codes.ts";
import { createSoftwareTokens } from "./credentials/software-tokens.ts";
import { openPools } from "./database.ts";
import { cognitoService } from "./front.ts";
import { createMailer } from "./mailer.ts";
import { poolsOf } from "./pools.ts";
import { keysOf, type PoolKeys, type PublicKey } from "./tokens/keys.ts";
import { createSessions } from "./tokens/sessions.ts";
import { createTokens } from "./tokens/tokens.ts";
import { createTriggers } from "./triggers/triggers.ts";
import { createUsers } from "./users.ts";

const keptCalls = 1_000;

/** The issuer is not a user pool of the graph. */
export class UnknownIssuerError extends Error {
  override readonly name = "UnknownIssuerError";
}

export interface LocalCognito extends Emulator {
  readonly url: string;
  readonly faults: Faults;
  /** Names of the operations that were called, oldest first. Holds the last 1,000. */
  readonly calls: readonly string[];
  /**
   * Returns the public keys of an issuer (`https://cognito-idp.<region>.amazonaws.com/<pool>`).
   * @throws UnknownIssuerError
   */
  jwks(issuer: string): Promise<{ keys: PublicKey[] }>;
}

export interface CognitoOptions extends FrontOptions, Pick<Ground, "dataFolder"> {
  readonly mailbox: Mailbox;
  /** Invokes the functions of the pools' triggers. */
  readonly invoker: Invoker;
  readonly clock?: Clock;
  /**
   * Time limit for one invocation of a trigger, in milliseconds. A slower trigger is retried. Cognito's 5 seconds by
   * default.
   */
  readonly triggerLimitMs?: number;
}

/**
 * Serves the graph's user pools to SDK clients at `url`. Users, keys and tokens survive restarts in the data folder.
 */
export async function startCognito(options: CognitoOptions): Promise<LocalCognito> {
  const { graph, mailbox, invoker, dataFolder, log, clock = systemClock } = options;
  const database = openPools(dataFolder);
  const pools = poolsOf(graph, log);
  const keys = new Map<string, PoolKeys>();
  for (const pool of pools.all) keys.set(pool.id, await keysOf(pool, database));
  const publicKeys = (poolId: string) => {
    const own = keys.get(poolId);
    return own && [own.id.jwk, own.access.jwk];
  };
  const runTrigger = createTriggers(invoker, options.triggerLimitMs ?? 5000);
  const services = {
    pools,
    runTrigger,
    users: createUsers(database, clock),
    codes: createCodes(database, clock),
    lockout: createLockout(database, clock),
    sessions: createSessions(database, clock),
    tokens: createTokens(pools, keys, clock),
    softwareTokens: createSoftwareTokens(database, clock),
    challenges: createChallenges(database, clock),
    sendCode: createMailer(mailbox, runTrigger),
  };
  const arnOf = (poolId: string) => `arn:aws:cognito-idp:${graph.region}:${graph.account}:userpool/${poolId}`;
  const { faults, around } = createFaults();
  const calls: string[] = [];
  const onCall = (operation: string) => {
    calls.push(operation);
    if (calls.length > keptCalls) calls.shift();
  };
  const service = cognitoService({ services, log, around, onCall, arnOf, keysOf: publicKeys });
  const front = await startFront(service, options);
  return {
    url: front.url,
    endpoints: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: front.url },
    faults,
    calls,
    async jwks(issuer) {
      const pool = pools.all.find((each) => each.issuer === issuer);
      const own = pool && publicKeys(pool.id);
      if (!own) throw new UnknownIssuerError(`no user pool of the graph is ${issuer}`);
      return { keys: own };
    },
    async close() {
      await front.close();
      database.close();
    },
  };
}
