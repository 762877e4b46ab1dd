import { options } from "./options.ts";

/** All that differs between stages is decided here; `options.ts` has what whoever deploys decides. */
export function policyOf(stage: string) {
  const production = stage === "production";
  const { sender, senderVerified = false, replicas = [], ...others } = options[stage] ?? {};
  return {
    production,
    region: "eu-west-1",
    /** Production keeps what holds data when it leaves the program, and refuses to be removed. */
    removal: production ? "retain" : "remove",
    protect: production,
    /** How long logs are kept. */
    logRetention: production ? "3 months" : "1 week",
    /** Whether anybody wants to know when something is wrong. */
    alarms: production || others.alarmAddress !== undefined,
    replicas,
    sender,
    /** The address that mail is sent from by SES. Without one there is no welcome email. A pool with a sender that is not verified cannot be made. */
    verifiedSender: senderVerified ? sender : undefined,
    ...others,
  } as const;
}
