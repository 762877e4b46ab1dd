import * as brand from "@daybook/core/brand";
import type { Account, Usage } from "./account.ts";
import type { Check, Policy } from "./check.ts";
import { ok, toDo } from "./finding.ts";
import type { Needs } from "./needs.ts";

/** The command that requests a higher quota. */
const increase = (service: string, code: string, value: number, region: string) =>
  `Request an increase: aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${value}`;

interface RegionalQuota {
  readonly what: string;
  readonly service: string;
  readonly code: string;
  /** Value from which on the quota is sufficient. */
  readonly enough: number;
  readonly why: (policy: Policy) => string;
  /** Whether production does not work with this value. */
  readonly tooFew?: (value: number, policy: Policy) => boolean;
}

const regional: readonly RegionalQuota[] = [
  {
    what: "Lambda concurrency",
    service: "lambda",
    code: "L-B99A9384",
    enough: 100,
    why: ({ needs: { background } }) =>
      `Queues and streams use up to ${background}, and each request uses 1. At the limit, requests fail with 503`,
    tooFew: (value, { needs: { background } }) => value <= background,
  },
  {
    what: "API Gateway requests per second",
    service: "apigateway",
    code: "L-8A5B8E43",
    enough: 1000,
    why: () => "All APIs of the account share this quota",
  },
];

const checkOf = ({ what, service, code, enough, why, tooFew }: RegionalQuota): Check => ({
  what,
  async run(account, _stage, policy) {
    const value = await account.quota(service, code);
    if (value >= enough) return ok(what, `${value}`);
    const blocks = policy.production && (tooFew?.(value, policy) ?? false);
    return toDo(what, `${value}`, `${why(policy)}. ${increase(service, code, enough, policy.region)}`, { blocks });
  },
});

interface Resources {
  readonly what: string;
  readonly service: string;
  readonly need: keyof Needs;
  readonly usage: (account: Account) => Promise<Usage>;
}

/** Resources of global services that each stage creates, and that an account has a limited number of. */
const counted: readonly Resources[] = [
  {
    what: "CloudFront cache policies",
    service: "cloudfront",
    need: "cachePolicies",
    usage: (account) => account.cachePolicies(),
  },
  {
    what: "CloudFront headers policies",
    service: "cloudfront",
    need: "responseHeadersPolicies",
    usage: (account) => account.responseHeadersPolicies(),
  },
  { what: "IAM roles", service: "iam", need: "roles", usage: (account) => account.roles() },
];

const roomFor = ({ what, service, need, usage }: Resources): Check => ({
  what,
  async run(account, stage, { needs }) {
    const { used, limit, code } = await usage(account);
    const found = `${used} of ${limit}; a stage has ${needs[need]}`;
    const isDeployed = (await account.distributions()).includes(distributionOf(stage));
    if (isDeployed || used + needs[need] <= limit) return ok(what, found);
    const remedy =
      code === undefined
        ? "Request an increase in the console of Service Quotas, in us-east-1."
        : increase(service, code, limit * 2, "us-east-1");
    return toDo(what, found, `Remove a stage that is not used. Or: ${remedy}`, { blocks: true });
  },
});

/** The comment of a stage's distribution, from infra/router.ts. */
const distributionOf = (stage: string) => `${brand.id} ${stage}`;

/** CloudFront refuses the first distribution of some new accounts. No API tells whether it would. */
const distribution: Check = {
  what: "CloudFront",
  async run(account) {
    const { length } = await account.distributions();
    if (length > 0) return ok("CloudFront", `the account has ${length} distributions`);
    const advice =
      'If the deployment fails with "Your account must be verified", ask AWS Support to verify it (account and billing, free of charge), then deploy again.';
    return toDo("CloudFront", "the account has no distribution yet", advice);
  },
};

export const quotaChecks: readonly Check[] = [...regional.map(checkOf), ...counted.map(roomFor), distribution];
