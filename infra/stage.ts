/** All that differs between stages is decided here. */
export function policyOf(stage: string) {
  const production = stage === "production";
  return {
    production,
    region: "eu-west-1",
    /** Production keeps what holds data when it leaves the program, and refuses to be removed. */
    removal: production ? "retain" : "remove",
    protect: production,
    /** How long logs are kept. */
    logRetention: production ? "3 months" : "1 week",
    /** The address that mail comes from. SES must have verified it before mail is sent. */
    sender: "hello@daybook.example",
    /**
     * Whether Cognito mails through SES instead of its own mailer, which sends 50 mails a day. A pool cannot be made
     * with a sender that is not verified, so this becomes true once SES knows the address.
     */
    senderVerified: false,
  } as const;
}
