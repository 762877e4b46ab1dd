import { options } from "./options.ts";

/** Defines all differences between stages. `options.ts` has the options of a deployment. */
export function policyOf(stage: string) {
  const production = stage === "production";
  const { sender, senderVerified = false, replicas = [], ...others } = options[stage] ?? {};
  return {
    production,
    region: "eu-west-1",
    /**
     * In production, resources that hold data are kept when they leave the program, and the stage cannot be removed.
     */
    removal: production ? "retain" : "remove",
    protect: production,
    /** Retention of logs. */
    logRetention: production ? "3 months" : "1 week",
    /** Whether the stage has alarms. */
    alarms: production || others.alarmAddress !== undefined,
    replicas,
    sender,
    /**
     * Sender of mail through SES. Undefined until SES has verified it, because a user pool with an unverified sender
     * cannot be created. Without it, there is no welcome email.
     */
    verifiedSender: senderVerified ? sender : undefined,
    ...others,
  } as const;
}
