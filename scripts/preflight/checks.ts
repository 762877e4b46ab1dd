import type { Account } from "./account.ts";
import type { Check, Policy } from "./check.ts";
import { type Finding, look, ok, toDo, unknown } from "./finding.ts";
import { mailChecks } from "./mail.ts";
import { quotaChecks } from "./quotas.ts";
import { zoneChecks } from "./zones.ts";

/** Checks the credentials. All other checks of the account require them. */
export async function credentials(account: Account): Promise<Finding> {
  const what = "credentials";
  try {
    const { account: id, arn } = await account.caller();
    if (arn.endsWith(":root"))
      return toDo(
        what,
        `account ${id}, as its root user`,
        "Use a role or a user of IAM Identity Center instead of the root user.",
      );
    return ok(what, `account ${id}, as ${arn.split(":").at(-1)}`);
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const advice = "Run `aws configure sso` or `aws configure`, set AWS_PROFILE, then run this again.";
    return toDo(what, `no valid credentials (${said})`, advice, { blocks: true });
  }
}

const apiLogRole: Check = {
  what: "API Gateway log role",
  async run(account) {
    const role = await account.apiLogRole();
    return ok("API Gateway log role", role ?? "none; HTTP APIs need none, only REST and WebSocket APIs do");
  },
};

function alarmAddress(stage: string, { production, alarmAddress: address, monthlyBudget }: Policy): Finding {
  if (address !== undefined) return ok("alarms", `to ${address}, after it confirms the subscription`);
  const set = `Set \`alarmAddress\` of ${stage} in infra/options.ts.`;
  if (monthlyBudget !== undefined) return toDo("alarms", "the budget notifies no one", set, { blocks: true });
  return production ? toDo("alarms", "no recipient", set) : ok("alarms", "none for this stage");
}

/** All checks that need credentials, in the order in which their findings are printed. */
const checks: readonly Check[] = [...mailChecks, ...quotaChecks, apiLogRole, ...zoneChecks];

/** Runs all checks of an account before a stage is deployed. Findings are in the order in which they are printed. */
export async function checkAccount(account: Account, stage: string, policy: Policy): Promise<Finding[]> {
  const who = await credentials(account);
  const region = ok("region", `${policy.region} (infra/stage.ts)`);
  const rest = who.blocks
    ? checks.map(({ what }) => unknown(what, "not checked", "This check needs credentials."))
    : await Promise.all(checks.map(({ what, run }) => look(what, () => run(account, stage, policy))));
  return [who, region, ...rest, alarmAddress(stage, policy)];
}
