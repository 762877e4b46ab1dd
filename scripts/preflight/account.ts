import { resolveNs } from "node:dns/promises";
import { APIGatewayClient, GetAccountCommand as GetApiAccount } from "@aws-sdk/client-api-gateway";
import {
  CloudFrontClient,
  ListCachePoliciesCommand,
  ListResponseHeadersPoliciesCommand,
  paginateListDistributions,
} from "@aws-sdk/client-cloudfront";
import { GetAccountSummaryCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetHostedZoneCommand, ListHostedZonesByNameCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
  GetServiceQuotaCommand,
  paginateListServiceQuotas,
  type ServiceQuota,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from "@aws-sdk/client-sesv2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

/** Resources in an account and their limit. */
export interface Usage {
  readonly used: number;
  readonly limit: number;
  /** Code of the quota, for a request to raise it. */
  readonly code?: string | undefined;
}

/** A public hosted zone. */
interface Zone {
  readonly name: string;
  readonly id: string;
  readonly nameServers: readonly string[];
}

/** A sender in SES. */
interface Identity {
  readonly verified: boolean;
  /** The stage that created it. Undefined if a person did. */
  readonly stage: string | undefined;
}

/** Queries of an AWS account for the checks. Each method throws AWS's error. */
export interface Account {
  caller(): Promise<{ readonly account: string; readonly arn: string }>;
  mail(): Promise<{ readonly production: boolean; readonly sending: boolean; readonly perDay: number }>;
  /** An address or domain in SES, or undefined if SES does not know it. */
  identity(name: string): Promise<Identity | undefined>;
  /** The current value of a quota of this region. */
  quota(service: string, code: string): Promise<number>;
  cachePolicies(): Promise<Usage>;
  responseHeadersPolicies(): Promise<Usage>;
  roles(): Promise<Usage>;
  /** Comments of all distributions. That of a stage is `<app> <stage>`. */
  distributions(): Promise<readonly string[]>;
  /** Role with which API Gateway writes the logs of REST and WebSocket APIs. */
  apiLogRole(): Promise<string | undefined>;
  /** The public hosted zone of this domain or a parent. */
  zoneOf(domain: string): Promise<Zone | undefined>;
  /** The name servers that the internet's DNS has for a zone. Empty if there are none. */
  delegationOf(zone: string): Promise<readonly string[]>;
}

/** Returns a domain and its parents: `todo.example.com` gives itself and `example.com`. */
const parents = (domain: string) => {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, first) => labels.slice(first).join("."));
};

/** The quota of CloudFront for policies of either kind, unless it was raised. */
const policiesByDefault = 20;

/** Connects to the account of the environment's credentials. */
export function connect(region: string, resolve: typeof resolveNs = resolveNs): Account {
  const options = { region, maxAttempts: 2 };
  // Global services, and their quotas.
  const global = { ...options, region: "us-east-1" };
  const sts = new STSClient(options);
  const ses = new SESv2Client(options);
  const quotas = new ServiceQuotasClient(options);
  const globalQuotas = new ServiceQuotasClient(global);
  const gateway = new APIGatewayClient(options);
  const route53 = new Route53Client(options);
  const cloudFront = new CloudFrontClient(global);
  const iam = new IAMClient(global);

  async function cloudFrontQuota(name: string): Promise<ServiceQuota | undefined> {
    for await (const { Quotas = [] } of paginateListServiceQuotas(
      { client: globalQuotas },
      { ServiceCode: "cloudfront" },
    )) {
      const found = Quotas.find(({ QuotaName }) => QuotaName === name);
      if (found) return found;
    }
    return undefined;
  }
  async function policies(used: number | undefined, quotaName: string): Promise<Usage> {
    const quota = await cloudFrontQuota(quotaName);
    return { used: used ?? 0, limit: quota?.Value ?? policiesByDefault, code: quota?.QuotaCode };
  }

  return {
    async caller() {
      const { Account: account = "", Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand());
      return { account, arn };
    },
    async mail() {
      const { ProductionAccessEnabled, SendingEnabled, SendQuota } = await ses.send(new GetAccountCommand());
      return {
        production: ProductionAccessEnabled ?? false,
        sending: SendingEnabled ?? false,
        perDay: SendQuota?.Max24HourSend ?? 0,
      };
    },
    async identity(name) {
      try {
        const { VerifiedForSendingStatus: verified = false, Tags = [] } = await ses.send(
          new GetEmailIdentityCommand({ EmailIdentity: name }),
        );
        return { verified, stage: Tags.find(({ Key }) => Key === "sst:stage")?.Value };
      } catch (error) {
        if (error instanceof NotFoundException) return undefined;
        throw error;
      }
    },
    async quota(service, code) {
      const { Quota } = await quotas.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }));
      if (Quota?.Value === undefined) throw new Error(`Service Quotas has no value for ${service} ${code}`);
      return Quota.Value;
    },
    async cachePolicies() {
      const { CachePolicyList } = await cloudFront.send(
        new ListCachePoliciesCommand({ Type: "custom", MaxItems: 100 }),
      );
      return policies(CachePolicyList?.Quantity, "Cache policies per AWS account");
    },
    async responseHeadersPolicies() {
      const command = new ListResponseHeadersPoliciesCommand({ Type: "custom", MaxItems: 100 });
      const { ResponseHeadersPolicyList } = await cloudFront.send(command);
      return policies(ResponseHeadersPolicyList?.Quantity, "Response headers policies per AWS account");
    },
    async roles() {
      const { SummaryMap: { Roles: used = 0, RolesQuota: limit = 0 } = {} } = await iam.send(
        new GetAccountSummaryCommand(),
      );
      return { used, limit, code: "L-FE177D64" };
    },
    async distributions() {
      const comments: string[] = [];
      for await (const { DistributionList } of paginateListDistributions({ client: cloudFront }, {}))
        comments.push(...(DistributionList?.Items ?? []).map(({ Comment = "" }) => Comment));
      return comments;
    },
    async apiLogRole() {
      return (await gateway.send(new GetApiAccount())).cloudwatchRoleArn;
    },
    async zoneOf(domain) {
      for (const name of parents(domain)) {
        const { HostedZones = [] } = await route53.send(new ListHostedZonesByNameCommand({ DNSName: name }));
        // A private zone may have the same name.
        const zone = HostedZones.find(({ Name, Config }) => Name === `${name}.` && !Config?.PrivateZone);
        if (!zone?.Id) continue;
        const { DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id: zone.Id }));
        return { name, id: zone.Id.split("/").at(-1) ?? zone.Id, nameServers: DelegationSet?.NameServers ?? [] };
      }
      return undefined;
    },
    async delegationOf(zone) {
      try {
        return await resolve(zone);
      } catch (error) {
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        if (code === "ENOTFOUND" || code === "ENODATA") return [];
        throw error;
      }
    },
  };
}
