import { APIGatewayClient, GetAccountCommand as GetApiAccount } from "@aws-sdk/client-api-gateway";
import { ListHostedZonesByNameCommand, Route53Client } from "@aws-sdk/client-route-53";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from "@aws-sdk/client-sesv2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

/** Queries of an AWS account for the checks. Each method throws AWS's error. */
export interface Account {
  caller(): Promise<{ readonly account: string; readonly arn: string }>;
  mail(): Promise<{ readonly production: boolean; readonly sending: boolean; readonly perDay: number }>;
  /** Whether SES has verified this address or domain. Undefined if SES does not know it. */
  verified(identity: string): Promise<boolean | undefined>;
  /** The current value of a quota in this account. */
  quota(service: string, code: string): Promise<number>;
  /** Role with which API Gateway writes the logs of REST and WebSocket APIs. */
  apiLogRole(): Promise<string | undefined>;
  /** Name of the public hosted zone of this domain. */
  zoneOf(domain: string): Promise<string | undefined>;
}

/** Returns a domain and its parents: `todo.example.com` gives itself and `example.com`. */
const parents = (domain: string) => {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, first) => labels.slice(first).join("."));
};

/** Connects to the account of the environment's credentials. */
export function connect(region: string): Account {
  const options = { region, maxAttempts: 2 };
  const sts = new STSClient(options);
  const ses = new SESv2Client(options);
  const quotas = new ServiceQuotasClient(options);
  // IAM quotas apply to the whole account and are stored in one region.
  const globalQuotas = new ServiceQuotasClient({ ...options, region: "us-east-1" });
  const gateway = new APIGatewayClient(options);
  const route53 = new Route53Client(options);
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
    async verified(identity) {
      try {
        const answer = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: identity }));
        return answer.VerifiedForSendingStatus ?? false;
      } catch (error) {
        if (error instanceof NotFoundException) return undefined;
        throw error;
      }
    },
    async quota(service, code) {
      const client = service === "iam" ? globalQuotas : quotas;
      const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }));
      if (Quota?.Value === undefined) throw new Error(`Service Quotas has no value for ${service} ${code}`);
      return Quota.Value;
    },
    async apiLogRole() {
      return (await gateway.send(new GetApiAccount())).cloudwatchRoleArn;
    },
    async zoneOf(domain) {
      for (const name of parents(domain)) {
        const { HostedZones = [] } = await route53.send(
          new ListHostedZonesByNameCommand({ DNSName: name, MaxItems: 1 }),
        );
        const [zone] = HostedZones;
        if (zone?.Name === `${name}.` && !zone.Config?.PrivateZone) return name;
      }
      return undefined;
    },
  };
}
