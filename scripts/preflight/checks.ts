import type { Account } from "./account.ts";
import { type Finding, look, ok, toDo, unknown } from "./finding.ts";

/** Settings of a stage, from infra/stage.ts and infra/options.ts. */
export interface Policy {
  readonly region: string;
  readonly production: boolean;
  readonly sender?: string | undefined;
  /** The sender, if SES has verified it. */
  readonly verifiedSender?: string | undefined;
  readonly domain?: string | undefined;
  readonly alarmAddress?: string | undefined;
  /** Maximum concurrency of the stage's queues and streams. */
  readonly background: number;
}

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

const sandbox = (account: Account) =>
  look("SES", async () => {
    const { production, sending, perDay } = await account.mail();
    if (!sending)
      return toDo("SES", "sending is paused", "SES sends no mail for this account. The SES console shows the reason.");
    if (!production) {
      const advice =
        "Request production access (docs/operations.md has the command). Until then, only verified addresses get mail.";
      return toDo("SES", `in the sandbox, ${perDay} emails per day`, advice);
    }
    return ok("SES", `production access, ${perDay} emails per day`);
  });

const sender = (account: Account, stage: string, { sender: address, verifiedSender }: Policy) =>
  look("sender", async () => {
    const option = `\`sender\` of ${stage} in infra/options.ts`;
    if (address === undefined) {
      const advice = `Set ${option}. Without a sender, there is no welcome email, and Cognito sends at most 50 codes per day.`;
      return toDo("sender", "none", advice);
    }
    const domain = address.split("@").at(-1) ?? address;
    const verified = (await account.verified(address)) || (await account.verified(domain));
    if (verified && verifiedSender !== undefined) return ok("sender", `${address} is verified`);
    if (verified)
      return toDo(
        "sender",
        `${address} is verified but not used yet`,
        `Set \`senderVerified: true\` next to ${option}.`,
      );
    if (verifiedSender !== undefined) {
      const advice = `A user pool cannot use it. Remove \`senderVerified\`, deploy, follow the link in the mail from AWS, then set it again.`;
      return toDo("sender", `${address} is not verified`, advice, { blocks: true });
    }
    return toDo(
      "sender",
      `${address} is not verified`,
      "Deploy, follow the link in the mail from AWS, then set `senderVerified`.",
    );
  });

interface Quota {
  readonly what: string;
  readonly service: string;
  readonly code: string;
  /** Value from which on the quota is sufficient. */
  readonly enough: number;
  readonly why: string;
}

const quotasOf = ({ background }: Pick<Policy, "background">): readonly Quota[] => [
  {
    what: "Lambda concurrency",
    service: "lambda",
    code: "L-B99A9384",
    enough: 100,
    why: `Queues and streams use up to ${background}, and each request uses 1. At the limit, requests fail with 503`,
  },
  {
    what: "API Gateway requests per second",
    service: "apigateway",
    code: "L-8A5B8E43",
    enough: 1000,
    why: "All APIs of the account share this quota",
  },
  {
    what: "IAM roles",
    service: "iam",
    code: "L-FE177D64",
    enough: 1000,
    why: "Each function of a stage has its own role, about fifty per stage",
  },
];

const quota = (account: Account, { what, service, code, enough, why }: Quota) =>
  look(what, async () => {
    const value = await account.quota(service, code);
    if (value >= enough) return ok(what, `${value}`);
    const region = service === "iam" ? " --region us-east-1" : "";
    const command = `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${enough}${region}`;
    return toDo(what, `${value}`, `${why}. Request an increase: ${command}`);
  });

const apiLogRole = (account: Account) =>
  look("API Gateway log role", async () => {
    const role = await account.apiLogRole();
    return ok("API Gateway log role", role ?? "none; HTTP APIs need none, only REST and WebSocket APIs do");
  });

const domain = (account: Account, { domain: name }: Policy) =>
  look("domain", async () => {
    if (name === undefined) return ok("domain", "the domain name of CloudFront");
    const zone = await account.zoneOf(name);
    if (zone !== undefined) return ok("domain", `${name}, in the hosted zone ${zone}`);
    const advice =
      "Create a public hosted zone in Route 53 and set its name servers at the registrar, or remove the option.";
    return toDo("domain", `this account has no hosted zone for ${name}`, advice, { blocks: true });
  });

function alarmAddress(stage: string, { production, alarmAddress: address }: Policy): Finding {
  if (address !== undefined) return ok("alarms", `to ${address}, after it confirms the subscription`);
  if (!production) return ok("alarms", "none for this stage");
  return toDo("alarms", "no recipient", `Set \`alarmAddress\` of ${stage} in infra/options.ts.`);
}

/** Runs all checks of an account before a stage is deployed. Findings are in the order in which they are printed. */
export async function checkAccount(account: Account, stage: string, policy: Policy): Promise<Finding[]> {
  const who = await credentials(account);
  const region = ok("region", `${policy.region} (infra/stage.ts)`);
  const own = alarmAddress(stage, policy);
  const quotas = quotasOf(policy);
  if (who.blocks) {
    const needCredentials = ["SES", "sender", ...quotas.map(({ what }) => what), "API Gateway log role", "domain"];
    const rest = needCredentials.map((what) => unknown(what, "not checked", "This check needs credentials."));
    return [who, region, ...rest, own];
  }
  const rest = await Promise.all([
    sandbox(account),
    sender(account, stage, policy),
    ...quotas.map((each) => quota(account, each)),
    apiLogRole(account),
    domain(account, policy),
  ]);
  return [who, region, ...rest, own];
}
