import type { StageOptions } from "../../infra/options.ts";

/** A stage with all options. `Required` makes it fail to compile if one is missing. */
export const allOptions: Required<StageOptions> = {
  domain: "todo.example.com",
  firewall: { requestsPerAddress: 1000 },
  replicas: ["eu-central-1"],
  monthlyBudget: 40,
  alarmAddress: "ops@example.com",
  sender: "hello@example.com",
  senderDomain: "example.com",
  senderShared: false,
  senderVerified: true,
  originSecretRotations: 1,
};
