import { APIGatewayClient, GetAccountCommand as GetApiAccount } from "@aws-sdk/client-api-gateway";
import { ListHostedZonesByNameCommand, Route53Client } from "@aws-sdk/client-route-53";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from "@aws-sdk/client-sesv2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

/** What the checks ask of an AWS account. Each method throws what AWS answers when it refuses. */
export interface Account {
  caller(): Promise<{ readonly account: string; readonly arn: string }>;
  mail(): Promise<{ readonly production: boolean; readonly sending: boolean; readonly perDay: number }>;
  /** Whether SES sends for this address or domain; undefined when it does not know it. */
  verified(identity: string): Promise<boolean | undefined>;
  /** A quota as it applies to the account now. */
  quota(service: string, code: string): Promise<number>;
  /** The role by which API Gateway writes the logs of REST and WebSocket APIs. */
  apiLogRole(): Promise<string | undefined>;
  /** The name of the public hosted zone that this domain is in. */
  zoneOf(domain: string): Promise<string | undefined>;
}

/** `todo.example.com` → itself, `example.com`. */
const parents = (domain: string) => {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, first) => labels.slice(first).join("."));
};

/** The account that the environment's credentials belong to. */
export function connect(region: string): Account {
  const options = { region, maxAttempts: 2 };
  const sts = new STSClient(options);
  const ses = new SESv2Client(options);
  const quotas = new ServiceQuotasClient(options);
  // Quotas of IAM are those of the whole account, and are kept in one region.
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
      if (Quota?.Value === undefined) throw new Error(`Service Quotas tells no value of ${service} ${code}`);
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
