/** What differs between stages is decided here and nowhere else. */
const production = $app.stage === "production";

/** The policy of the stage that is being deployed. */
export const stage = {
  /** Production keeps its data when a resource is removed from the program, and refuses to be removed itself. */
  production,
  region: "eu-west-1",
  /** The address that mail comes from; SES must have verified it. */
  sender: "hello@daybook.example",
  /**
   * Whether Cognito mails through SES. Its own mailer sends 50 mails a day; SES refuses to serve a pool
   * until the sender is verified, so this becomes true after the first deployment.
   */
  senderVerified: false,
  /** How long logs are kept. */
  logRetention: production ? "3 months" : "1 week",
} as const;

/** Options for what holds data that cannot be made again. */
export function retained(opts: $util.CustomResourceOptions): void {
  opts.retainOnDelete = production;
}
