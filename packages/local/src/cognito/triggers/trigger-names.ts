/** The supported triggers, by their names in the pool's `lambdaConfig`. */
export const supportedTriggers = [
  "preSignUp",
  "postConfirmation",
  "preAuthentication",
  "postAuthentication",
  "preTokenGeneration",
  "customMessage",
] as const;
export type TriggerName = (typeof supportedTriggers)[number];
