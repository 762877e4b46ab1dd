import type { Account } from "./account.ts";
import type { Finding } from "./finding.ts";
import type { Needs } from "./needs.ts";

/** Settings of a stage, from infra/stage.ts and infra/options.ts, and what it needs. */
export interface Policy {
  readonly region: string;
  readonly production: boolean;
  readonly sender?: string | undefined;
  readonly senderDomain?: string | undefined;
  readonly senderShared?: boolean | undefined;
  /** The sender, if SES has verified it. */
  readonly verifiedSender?: string | undefined;
  readonly domain?: string | undefined;
  readonly alarmAddress?: string | undefined;
  readonly monthlyBudget?: number | undefined;
  readonly needs: Needs;
}

/** A check of an account for one stage. */
export interface Check {
  readonly what: string;
  run(account: Account, stage: string, policy: Policy): Promise<Finding>;
}
