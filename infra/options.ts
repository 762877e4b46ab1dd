import * as brand from "@daybook/core/brand";

/** Options of a stage. All are optional: `npx sst deploy` needs only credentials. */
export interface StageOptions {
  /**
   * Public domain, such as `todo.example.com`. Its zone must be in this account's Route 53. CloudFront's domain by
   * default.
   */
  readonly domain?: string;
  /**
   * Firewall in front of the router. It blocks addresses that send more requests than this within five minutes, and
   * attacks that AWS's managed rules detect. Costs about 8 USD a month, plus 0.60 USD per million requests.
   */
  readonly firewall?: { readonly requestsPerAddress: number };
  /**
   * Other regions with a replica of the table: `["eu-central-1"]`. Each adds the cost of the table's writes and storage
   * once more.
   */
  readonly replicas?: readonly string[];
  /**
   * Budget of the account, in USD a month. `alarmAddress`, which it requires, is notified at 80 % and when the forecast
   * exceeds the budget.
   */
  readonly monthlyBudget?: number;
  /**
   * Address for alarm mails. AWS first asks the recipient to confirm. Production has alarms without it too, but sends
   * no mail.
   */
  readonly alarmAddress?: string;
  /**
   * Sender address of mail. During a deployment, SES asks its owner to confirm it. Read its mailbox: notices ask owners
   * of accounts to reply.
   */
  readonly sender?: string;
  /**
   * Domain of the sender, if its zone is in this account's Route 53. SES then verifies the whole domain automatically
   * and signs the mail.
   */
  readonly senderDomain?: string;
  /**
   * Whether the sender exists in SES already, because another stage in this account and region created it, or a person.
   * This stage then only uses it. Without this, the deployment creates the sender, which is possible once.
   */
  readonly senderShared?: boolean;
  /**
   * Whether SES has verified the sender, which is possible after the deployment that created it. If set, there is a
   * welcome email, and Cognito sends its codes through SES. Otherwise Cognito uses its default mailer, limited to 50
   * mails a day.
   */
  readonly senderVerified?: boolean;
  /**
   * Number of rotations of the secret between CloudFront and the API. Two deployments, each with the number increased
   * by one, replace the secret without a refused request. Example: 0 is deployed now, so deploy 1 and then 2.
   */
  readonly originSecretRotations?: number;
}

/** Options by stage. A stage that is missing here has none. */
export const options: Readonly<Record<string, StageOptions>> = {
  production: {},
  // The local SES accepts every sender.
  local: { sender: `hello@${new URL(brand.origin).hostname}`, senderVerified: true },
};
