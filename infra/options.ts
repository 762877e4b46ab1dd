/** What whoever deploys decides for a stage. All of it is optional: `npx sst deploy` needs nothing but credentials. */
export interface StageOptions {
  /** Where people open Daybook, `todo.example.com`; its zone must be in this account's Route 53. Else CloudFront's own domain is used. */
  readonly domain?: string;
  /**
   * A firewall in front of everything, which blocks an address that sends more requests than this within five minutes, and what AWS's
   * managed rules know to be an attack. About 8 USD a month, and 0.60 USD for each million requests.
   */
  readonly firewall?: { readonly requestsPerAddress: number };
  /** Other regions that hold a copy of the table, `["eu-central-1"]`. Each costs what the table's writes and storage cost once more. */
  readonly replicas?: readonly string[];
  /** What the account may cost, in USD a month. Whoever has `alarmAddress` is told at 80 %, and when it is foreseen to be exceeded. */
  readonly monthlyBudget?: number;
  /** Who is mailed by alarms; AWS first asks them to confirm it. Production has alarms without it as well, which then tell nobody. */
  readonly alarmAddress?: string;
  /** The address that mail comes from. A deployment makes SES ask its owner to confirm it. */
  readonly sender?: string;
  /** The sender's domain, if its zone is in this account's Route 53: SES then verifies all of it by itself, and signs the mail. */
  readonly senderDomain?: string;
  /**
   * Whether SES knows the sender, after the deployment that made it. From then on there is a welcome email, and Cognito mails its codes
   * through SES; until then by its own mailer, which sends 50 a day.
   */
  readonly senderVerified?: boolean;
  /**
   * How often the secret between CloudFront and the API was rotated. Two deployments, each with a number one higher than before, replace
   * it without a refused request.
   */
  readonly originSecretRotations?: number;
}

/** By stage; a stage that is not mentioned has none. */
export const options: Readonly<Record<string, StageOptions>> = {
  production: {},
  // The laptop's SES knows every sender.
  local: { sender: "hello@daybook.example", senderVerified: true },
};
